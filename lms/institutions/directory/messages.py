"""What happens to institutions and affiliations."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class InstitutionCreated(Event):
    """An institution joined the directory."""

    code = "directory.institution-created"
    sentence = _l("Se agregó la institución %(name)s.")
    name: str


@dataclass(frozen=True, kw_only=True)
class InstitutionChanged(Event):
    """Somebody corrected an institution's data."""

    code = "directory.institution-changed"
    sentence = _l("Se corrigieron los datos de una institución: %(fields)s.")
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class InstitutionMoved(Event):
    """An institution hangs from another body now."""

    code = "directory.institution-moved"
    sentence = _l("Una institución cambió de lugar en el árbol.")
    parent_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class InstitutionRenamed(Event):
    """An institution has another name from a day on; the former one stays for what was before."""

    code = "directory.institution-renamed"
    sentence = _l("Una institución se llama %(name)s desde el %(starts_on)s.")
    name: str
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class RenameUndone(Event):
    """An institution has its former name back, as if it had never changed."""

    code = "directory.rename-undone"
    sentence = _l("Se deshizo un cambio de nombre: la institución se llama %(name)s.")
    name: str


@dataclass(frozen=True, kw_only=True)
class InstitutionDeactivated(Event):
    """An institution takes no new people any more."""

    code = "directory.institution-deactivated"
    sentence = _l("Se dio de baja una institución.")


@dataclass(frozen=True, kw_only=True)
class InstitutionActivated(Event):
    """A closed institution is open again."""

    code = "directory.institution-activated"
    sentence = _l("Se reactivó una institución.")


@dataclass(frozen=True, kw_only=True)
class PersonAffiliated(Event):
    """A person works at an institution from a day on."""

    code = "directory.person-affiliated"
    sentence = _l("Se registró una adscripción desde el %(starts_on)s.")
    institution_id: UUID
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class AffiliationCorrected(Event):
    """Somebody corrected an affiliation without changing its dates."""

    code = "directory.affiliation-corrected"
    sentence = _l("Se corrigió una adscripción.")
    institution_id: UUID


@dataclass(frozen=True, kw_only=True)
class AffiliationEnded(Event):
    """A person stopped working at an institution."""

    code = "directory.affiliation-ended"
    sentence = _l("Una adscripción terminó el %(ends_on)s.")
    institution_id: UUID
    ends_on: date
