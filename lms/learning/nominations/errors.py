"""Refusals about calls and nominations."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class CallDatesCrossed(DomainError):
    """The call would close before it opens, or the cut-off would come before the deadline."""

    code = "nominations.call-dates-crossed"
    status = 422
    message = _l(
        "La convocatoria cierra después de abrir, y las sustituciones terminan con el cierre o después."
    )


class CallNotOpen(DomainError):
    """Nominations are not taken yet."""

    code = "nominations.call-not-open"
    status = 422
    message = _l(
        "La convocatoria todavía no abre. Podrá proponer personas desde el día y la hora de apertura."
    )


class CallClosed(DomainError):
    """The deadline has passed."""

    code = "nominations.call-closed"
    status = 422
    message = _l(
        "La convocatoria ya cerró y no recibe más propuestas. "
        "Si hay un motivo, pida una excepción: la comisión la acepta o la rechaza."
    )


class NoQuota(DomainError):
    """No quota of the call covers the institution where the person works."""

    code = "nominations.no-quota"
    status = 422
    message = _l(
        "La institución de esa persona no tiene lugares en esta convocatoria. Pídalos a la comisión."
    )


class QuotaFull(DomainError):
    """Every place of the quota is taken, and no common one is left."""

    code = "nominations.quota-full"
    status = 422
    message = _l(
        "Su institución no tiene más lugares y no hay lugares liberados. La persona sigue en espera."
    )


class QuotaTooSmall(DomainError):
    """People hold more places than the new quota would have."""

    code = "nominations.quota-too-small"
    status = 422
    message = _l("Ya hay más lugares ocupados o liberados que ese cupo.")


class AlreadyEnrolled(DomainError):
    """The person takes part in the cohort."""

    code = "nominations.already-enrolled"
    status = 422
    message = _l("Esa persona ya está inscrita en la cohorte.")


class AlreadyNominated(DomainError):
    """The person already has a nomination of their own in the call."""

    code = "nominations.already-nominated"
    status = 422
    message = _l("Esa persona ya está propuesta en esta convocatoria. Elija a otra.")


class OtherQuota(DomainError):
    """Only somebody of the same quota takes over a place."""

    code = "nominations.other-quota"
    status = 422
    message = _l("Esa persona es de una institución con otro cupo. Elija a alguien del mismo cupo.")


class NominationSettled(DomainError):
    """The nomination was declined, withdrawn or replaced, or the person completed the course."""

    code = "nominations.settled"
    message = _l(
        "Esta propuesta ya no cambia: se retiró, se sustituyó, se rechazó o la persona completó el curso."
    )


class NotYetAdmitted(DomainError):
    """A late nomination is admitted by exception before anything else."""

    code = "nominations.not-yet-admitted"
    status = 422
    message = _l("Esta propuesta llegó fuera de plazo. Admítala primero por excepción, con su motivo.")


class TooLateToChange(DomainError):
    """The cut-off for changes by the institution has passed."""

    code = "nominations.too-late-to-change"
    status = 422
    message = _l(
        "Pasó la fecha límite para sustituir o retirar a una persona aceptada. Pídalo a la comisión."
    )


class ReasonNeeded(DomainError):
    """This deed needs a reason in words."""

    code = "nominations.reason-needed"
    status = 422
    message = _l("Escriba el motivo.")
