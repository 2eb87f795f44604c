"""Refusals about justified absences."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class ExcuseTooLate(DomainError):
    """The meeting was too long ago."""

    code = "excuses.too-late"
    message = _l("Pasaron más de diez días desde la sesión. Hable con quien coordina su cohorte.")


class ExcuseNotNeeded(DomainError):
    """The register says that the person was there."""

    code = "excuses.not-needed"
    message = _l("La lista dice que usted asistió a esta sesión: no hay falta que justificar.")


class ExcuseDecided(DomainError):
    """Somebody decided already."""

    code = "excuses.decided"
    message = _l("Esta justificación ya tiene respuesta.")


class SentenceNeeded(DomainError):
    """Who is told no is told why."""

    code = "excuses.sentence-needed"
    status = 422
    message = _l("Escriba en una frase por qué no se acepta.")
