"""Refusals about plans, periods and what members report."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class CodeTaken(DomainError):
    """The plan has another indicator with this code."""

    code = "progress.code-taken"
    status = 422
    message = _l("El plan ya tiene un indicador con esa clave.")


class TargetsUnreadable(DomainError):
    """The targets are not written as a quarter, an equals sign and a number."""

    code = "progress.targets-unreadable"
    status = 422
    message = _l("Escriba cada meta en una línea, como «2026-T1 = 40».")


class QuarterUnknown(DomainError):
    """The name is that of no quarter."""

    code = "progress.quarter-unknown"
    status = 422
    message = _l("Escriba el trimestre como «2026-T1».")


class PeriodTaken(DomainError):
    """The quarter is open already."""

    code = "progress.period-taken"
    status = 422
    message = _l("Ese trimestre ya está abierto.")


class NobodyToAsk(DomainError):
    """No member of that day answers for an indicator."""

    code = "progress.nobody-to-ask"
    status = 422
    message = _l(
        "Ese día no hay integrantes que respondan por un indicador del plan. Revise el día o el plan."
    )


class DeadlineTooEarly(DomainError):
    """The deadline comes before the quarter begins."""

    code = "progress.deadline-too-early"
    status = 422
    message = _l("La fecha límite no puede ser anterior al trimestre.")


class SubmissionMoved(DomainError):
    """Somebody else saved in between."""

    code = "progress.submission-moved"
    status = 422
    message = _l(
        "Otra persona guardó cambios mientras usted escribía. Lo que usted escribió sigue aquí; revise lo "
        "guardado y vuelva a guardar para dejar lo suyo. Lo anterior queda en la historia."
    )


class SubmissionClosed(DomainError):
    """What was sent changes no more until it is returned."""

    code = "progress.submission-closed"
    status = 409
    message = _l("Este avance ya se envió. Solo se puede cambiar si la secretaría lo devuelve.")


class PeriodClosed(DomainError):
    """Nobody writes in a period that was closed."""

    code = "progress.period-closed"
    status = 409
    message = _l("El trimestre está cerrado. La secretaría puede reabrirlo.")


class TermRefused(DomainError):
    """The term of a period cannot become what was asked."""

    status = 422


class DeadlinePast(TermRefused):
    """A new deadline leaves time to send."""

    code = "progress.deadline-past"
    message = _l("La nueva fecha límite no puede haber pasado ya.")


class DeadlineSame(TermRefused):
    """It is the deadline already."""

    code = "progress.deadline-same"
    message = _l("Esa ya es la fecha límite.")


class PeriodOpen(TermRefused):
    """Only what was closed is opened again."""

    code = "progress.period-open"
    status = 409
    message = _l("El trimestre está abierto.")


class SubmissionIncomplete(DomainError):
    """Something that is asked for is missing."""

    code = "progress.submission-incomplete"
    status = 422
    message = _l("Se guardó como borrador. Para enviarlo falta lo que se señala.")


class NothingToDecide(DomainError):
    """Only what was sent is accepted or returned."""

    code = "progress.nothing-to-decide"
    status = 409
    message = _l("Solo se acepta o se devuelve lo que ya se envió.")
