"""What happens when an institution becomes part of others."""

from dataclasses import dataclass
from datetime import date

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class InstitutionSucceeded(Event):
    """An institution became part of one or several others; its people and units went with it."""

    code = "succession.institution-succeeded"
    sentence = _l(
        "Una institución se integró a %(heirs)s desde el %(starts_on)s. "
        "Adscripciones que pasaron: %(people)s; áreas: %(units)s."
    )
    heirs: str
    starts_on: date
    people: int
    units: int


@dataclass(frozen=True, kw_only=True)
class SuccessionUndone(Event):
    """A merger or division was taken back: everything is as before."""

    code = "succession.undone"
    sentence = _l("Se deshizo la integración de una institución que valía desde el %(starts_on)s.")
    starts_on: date
