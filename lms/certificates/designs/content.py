"""What a certificate says, as plain text ready to be set: no objects, no dates to format, no choices left."""

import unicodedata
from dataclasses import dataclass, fields
from typing import NamedTuple


class Signatory(NamedTuple):
    """Who signs: name with its treatment, and post."""

    name: str
    post: str


@dataclass(frozen=True, kw_only=True)
class CertificateData:
    """The words of one certificate, kept composed (NFC) and with single spaces, as they will be extracted."""

    holder_name: str
    course_title: str
    document_title: str
    """For instance «Constancia de acreditación»."""
    hours: str
    """For instance «40 horas de formación»."""
    dates: str
    """For instance «del 3 de octubre al 27 de noviembre de 2025»."""
    conditions: str = ""
    """What else was fulfilled, as «con evaluación final y 4 sesiones presenciales»; may be empty."""
    credited: str = ""
    """Hours that the person has and where they come from, a sentence without its full stop; empty prints none."""
    modules: tuple[str, ...]
    """Titles in order: one station each, or grouped when they are more than eight."""
    issuer_name: str
    issuer_unit: str = ""
    folio: str
    code: str
    """What a person types to verify; often the folio itself."""
    verify_url: str
    """The whole address that the QR carries; shorter than 40 characters scans best."""
    verify_label: str
    """The same address as a person types it, without scheme or code: «ruta.example/v»."""
    issued_on: str
    signatories: tuple[Signatory, ...] = ()
    """At most two."""
    language: str = "es-MX"
    """BCP 47 tag of these words."""
    wall: str = ""
    """Seed of the drawn wall: the course's folder name, as on the screens; the title stands in for it."""

    def __post_init__(self) -> None:
        """Compose and space the text."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                self._keep(field.name, _clean(value))
        self._keep("modules", tuple(map(_clean, self.modules)))
        self._keep("signatories", tuple(Signatory(*map(_clean, pair)) for pair in self.signatories))

    def _keep(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    @property
    def statement(self) -> str:
        """Return hours, dates and conditions as one sentence, and what was credited as another."""
        said = ", ".join(part for part in (self.hours, self.dates, self.conditions) if part)
        return f"{said}. {self.credited}." if self.credited else f"{said}."

    @property
    def wall_seed(self) -> str:
        """Return what the drawn wall depends on."""
        return self.wall or self.course_title

    @property
    def words(self) -> str:
        """Return every sign that will be printed, to check that the typeface has it."""
        return "".join(_flat(getattr(self, field.name)) for field in fields(self))


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _flat(value: object) -> str:
    return "".join(map(_flat, value)) if isinstance(value, tuple) else str(value)
