"""What was issued, as one frozen value: the printed words and the few facts that the public page shows."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Self

from lms.certificates.designs.content import CertificateData, HoursLine, Issuer, Signatory
from lms.core.types import Json

DATES = ("enrolled_on", "completed_on", "issued_on")


@dataclass(frozen=True, kw_only=True)
class Document:
    """A certificate's content. It is kept as JSON, so that later changes of names or designs do not reach it."""

    printed: CertificateData
    """Exactly what the PDF says."""
    words: Mapping[str, str]
    """The fixed words of the design in the document's language, for the preview on the page."""
    public_name: str
    """The holder for strangers: the second surname is an initial."""
    institution: str
    """Where the holder worked when they completed the course."""
    hours: float
    enrolled_on: date
    completed_on: date
    issued_on: date
    """These three days are in the programme's time zone."""
    credited_minutes: int | None = None
    """What the person's hours added up to when they were closed; null in certificates from before they were kept."""
    meeting_minutes: int | None = None
    """How many of them were verified at sessions."""
    online_minutes: int | None = None
    """How many of them were studied alone; together with the others they are all."""

    def to_json(self) -> Json:
        """Return plain values."""
        return {**asdict(self), **{name: getattr(self, name).isoformat() for name in DATES}}

    @classmethod
    def from_json(cls, data: Json) -> Self:
        """Return the document of these plain values."""
        printed = dict(data["printed"])
        printed["modules"] = tuple(printed["modules"])
        printed["signatories"] = tuple(Signatory(*pair) for pair in printed["signatories"])
        # Documents from before these were kept have neither.
        printed["issuers"] = tuple(Issuer(*each) for each in printed.get("issuers", ()))
        printed["hours_lines"] = tuple(HoursLine(*line) for line in printed.get("hours_lines", ()))
        days = {name: date.fromisoformat(data[name]) for name in DATES}
        return cls(**{**data, **days, "printed": CertificateData(**printed)})
