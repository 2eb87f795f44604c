"""What a certificate says, as plain text ready to be set: no objects, no dates to format, no choices left."""

import unicodedata
from dataclasses import dataclass, fields
from typing import NamedTuple


class Signatory(NamedTuple):
    """Who signs: name with its treatment, and post."""

    name: str
    post: str


class Issuer(NamedTuple):
    """Who issues: its name, the unit that answers for the course, and the name of its logo; both may be empty."""

    name: str
    unit: str = ""
    logo: str = ""


class HoursLine(NamedTuple):
    """One line of the breakdown: the day, what was done, where the hours come from, how long it was."""

    day: str
    what: str
    source: str
    time: str


CERTIFICATE, ATTENDANCE = "certificado", "constancia"
"""The kinds of document: one says that the course was passed, the other that the person took part."""


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
    kind: str = CERTIFICATE
    issuers: tuple[Issuer, ...] = ()
    """In order; without any, `issuer_name` and `issuer_unit` are the only one."""
    hours_lines: tuple[HoursLine, ...] = ()
    """The breakdown of hours, which goes on pages of its own; empty prints none."""
    hours_total: str = ""
    """What the lines add up to, as «24 h 30 min»."""
    valid_until: str = ""
    """The last day of validity as a person reads it; empty does not expire."""
    legal_note: str = ""
    """What the document does not authorise; the design's own sentence stands in for an empty one."""
    edition: str = ""
    """For a corrected document, what it says of itself: «Versión 2, sustituye a la del 3 de mayo de 2026»."""
    credential: str = ""
    """An Open Badge as JSON, kept in the metadata of the file and not printed."""

    def __post_init__(self) -> None:
        """Compose and space the text."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str) and field.name != "credential":
                self._keep(field.name, _clean(value))
        self._keep("modules", tuple(map(_clean, self.modules)))
        self._keep("signatories", tuple(Signatory(*map(_clean, pair)) for pair in self.signatories))
        self._keep("issuers", tuple(Issuer(*map(_clean, each)) for each in self.issuers))
        self._keep("hours_lines", tuple(HoursLine(*map(_clean, line)) for line in self.hours_lines))

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
    def all_issuers(self) -> tuple[Issuer, ...]:
        """Return who issues, in order; always at least one."""
        return self.issuers or (Issuer(self.issuer_name, self.issuer_unit),)

    @property
    def words(self) -> str:
        """Return every sign that will be printed, to check that the typeface has it."""
        printed = (field.name for field in fields(self) if field.name != "credential")
        return "".join(_flat(getattr(self, name)) for name in printed)


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _flat(value: object) -> str:
    return "".join(map(_flat, value)) if isinstance(value, tuple) else str(value)
