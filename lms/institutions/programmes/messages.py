"""What happens to programmes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class ProgrammeCreated(Event):
    """A programme began to exist."""

    code = "programmes.created"
    sentence = _l("Se creó el programa %(name)s.")
    name: str


@dataclass(frozen=True, kw_only=True)
class ProgrammeChanged(Event):
    """Somebody changed a programme's data."""

    code = "programmes.changed"
    sentence = _l("Se cambiaron datos del programa: %(fields)s.")
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MemberAdded(Event):
    """An institution joined a programme."""

    code = "programmes.member-added"
    sentence = _l("Una institución se integró al programa.")
    institution_id: UUID
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    """An institution left a programme."""

    code = "programmes.member-left"
    sentence = _l("Una institución dejó el programa.")
    institution_id: UUID
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class TargetSet(Event):
    """An institution's target of a year was set."""

    code = "programmes.target-set"
    sentence = _l("Se fijó la meta de %(year)s.")
    institution_id: UUID
    year: int
    share: float


@dataclass(frozen=True, kw_only=True)
class SignatoriesSet(Event):
    """Who signs the certificates changed."""

    code = "programmes.signatories-set"
    sentence = _l("Se cambió quién firma las constancias.")
    posts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class IssuersSet(Event):
    """Who issues the certificates, and with which logos, changed."""

    code = "programmes.issuers-set"
    sentence = _l("Se cambió qué autoridades emiten las constancias.")
    names: tuple[str, ...]
