"""Refusals about meetings and marks; those of the check-in carry what their page needs to say."""

from datetime import datetime

from lms.core.errors import DomainError
from lms.core.i18n import _l


class CheckInRefused(DomainError):
    """A person cannot check in; each reason has a page of its own."""

    code = "attendance.check-in-refused"


class CodeRefused(CheckInRefused):
    """The code is not on any screen now."""

    code = "attendance.code-refused"
    status = 422
    message = _l("Ese código no es de ninguna sesión de ahora. Mire la pantalla y escríbalo otra vez.")


class CodeExpired(CodeRefused):
    """The code was on a screen some minutes ago."""

    code = "attendance.code-expired"
    message = _l("Ese código ya cambió. Mire la pantalla y escriba el que se ve ahora.")


class CheckInNotOpen(CheckInRefused):
    """It is too early."""

    code = "attendance.check-in-not-open"
    message = _l("El registro de esta sesión todavía no abre.")

    def __init__(self, opens_at: datetime) -> None:
        """Keep when to come back."""
        super().__init__(opens_at)
        self.opens_at = opens_at


class CheckInClosed(CheckInRefused):
    """The meeting is over."""

    code = "attendance.check-in-closed"
    message = _l("El registro de esta sesión ya cerró.")

    def __init__(self, closed_at: datetime) -> None:
        """Keep since when it is closed."""
        super().__init__(closed_at)
        self.closed_at = closed_at


class NotEnrolled(CheckInRefused):
    """The person takes no part in the meeting's cohort."""

    code = "attendance.not-enrolled"
    status = 403
    message = _l("No encontramos su nombre en esta sesión.")


class MeetingCancelled(CheckInRefused):
    """The meeting does not take place: nobody is marked in it."""

    code = "attendance.meeting-cancelled"
    message = _l("Esta sesión se canceló.")


class EntryOverruled(CheckInRefused):
    """Whoever keeps the register corrected the person's check-in to absent; a code does not undo that."""

    code = "attendance.entry-overruled"
    message = _l("La lista de esta sesión dice que usted no estuvo.")


class NotInside(CheckInRefused):
    """Nobody leaves who did not come, or where exits are not noted."""

    code = "attendance.not-inside"
    message = _l("Todavía no registra su entrada a esta sesión.")


class EndRefused(DomainError):
    """A meeting would end before it starts, or last longer than a day's work."""

    code = "attendance.end-refused"
    status = 422
    message = _l("Revise la hora en que termina: una sesión dura como mucho 12 horas.")


class TimeSkipped(DomainError):
    """The clocks of the place jump over this time on this day."""

    code = "attendance.time-skipped"
    status = 422
    message = _l("Ese día los relojes se adelantan y esa hora no existe. Elija otra.")


class MeetingHeld(DomainError):
    """There are marks already: the meeting took place."""

    code = "attendance.meeting-held"
    message = _l("Esta sesión ya tiene asistencias registradas; no se puede cancelar.")


class RollTooEarly(DomainError):
    """Nobody can have come yet; only a justified absence is known beforehand."""

    code = "attendance.roll-too-early"
    status = 422
    message = _l("La sesión todavía no empieza: por ahora solo se registran faltas justificadas.")


class MethodUnknown(DomainError):
    """No plugin registered this way to mark."""

    code = "attendance.method-unknown"
    status = 422
    message = _l("Esa forma de registrar asistencia no existe en esta plataforma.")


class StateUnknown(DomainError):
    """The programme has no such state."""

    code = "attendance.state-unknown"
    status = 422
    message = _l("Ese estado de asistencia no existe en el programa.")


class LetterTaken(DomainError):
    """Two states of a programme would have the same key at the roll call."""

    code = "attendance.letter-taken"
    status = 422
    message = _l("Otro estado en uso ya tiene esa letra. Elija otra.")

    def __init__(self, letter: str) -> None:
        """Keep which one."""
        super().__init__(letter)
        self.letter = letter


class StateNeeded(DomainError):
    """Coming and going lead to this state by themselves; a programme cannot do without it."""

    code = "attendance.state-needed"
    message = _l("Este estado se asigna solo al registrar entradas y salidas; no se puede retirar.")
