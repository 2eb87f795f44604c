"""Refusals about cohorts and enrolments."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class CohortFull(DomainError):
    """Every place of the cohort is taken."""

    code = "learning.cohort-full"
    status = 422
    message = _l("La cohorte ya no tiene lugares. Amplíe el cupo o elija otra cohorte.")


class CapacityTooSmall(DomainError):
    """More people are enrolled than the new number of places."""

    code = "learning.capacity-too-small"
    status = 422
    message = _l("Ya hay más personas inscritas que ese cupo.")


class DatesCrossed(DomainError):
    """A cohort would end before it starts."""

    code = "learning.dates-crossed"
    status = 422
    message = _l("El último día no puede ser anterior al primero.")


class ReleaseWithdrawn(DomainError):
    """No new cohort may take this release."""

    code = "learning.release-withdrawn"
    status = 422
    message = _l("Esa versión del curso se retiró. Elija una versión vigente.")


class AgreementOver(DomainError):
    """The agreement ends before the cohort begins."""

    code = "learning.agreement-over"
    status = 422
    message = _l(
        "El convenio venció antes del primer día de la cohorte. Elija uno vigente o registre su prórroga."
    )


class AgreementNotBegun(DomainError):
    """The agreement is not signed, or begins after the cohort."""

    code = "learning.agreement-not-begun"
    status = 422
    message = _l("El convenio todavía no rige el primer día de la cohorte.")


class AgreementElsewhere(DomainError):
    """The agreement is another programme's."""

    code = "learning.agreement-elsewhere"
    status = 422
    message = _l("Ese convenio es de otro programa.")


class AgreementNeeded(DomainError):
    """The agreements under which the programme holds its cohorts are not in force on that day."""

    code = "learning.agreement-needed"
    status = 422
    message = _l(
        "El convenio venció: el programa no abre cohortes nuevas ese día. Registre antes su prórroga o su renovación."
    )


class AffiliationMissing(DomainError):
    """Nobody knows for which institution the person takes part."""

    code = "learning.affiliation-missing"
    status = 422
    message = _l("La persona no tiene una institución vigente. Regístrela primero en el directorio.")


class EnrolmentInactive(DomainError):
    """The person was withdrawn from the cohort."""

    code = "learning.enrolment-inactive"
    message = _l("Esta inscripción se dio de baja; su avance ya no cambia.")


class OutsideDates(DomainError):
    """The cohort has not started or is over: nothing counts today."""

    code = "learning.outside-dates"
    message = _l("El curso no está abierto hoy. Puede leer las lecciones; su avance no se registra.")


class UnitOutside(DomainError):
    """The unit belongs to another release than the one the cohort pinned."""

    code = "learning.unit-outside"
    message = _l("Esa lección no es de la versión del curso de esta cohorte.")


class ReleaseElsewhere(DomainError):
    """The release is of another course, or the one that the cohort already studies."""

    code = "learning.release-elsewhere"
    status = 422
    message = _l("Elija otra versión de este mismo curso.")


class CohortElsewhere(DomainError):
    """The cohort is of another course, or the one in which the person already takes part."""

    code = "learning.cohort-elsewhere"
    status = 422
    message = _l("Elija otra cohorte de este mismo curso.")


class EnrolledThere(DomainError):
    """The person has an enrolment of their own in the cohort, active or not; two cannot become one."""

    code = "learning.enrolled-there"
    status = 422
    message = _l("Esta persona ya tiene una inscripción en esa cohorte. Use aquella en lugar de mover esta.")


class CourseCompleted(DomainError):
    """Who completed the course did so in their cohort; nothing of it moves."""

    code = "learning.course-completed"
    message = _l("Esta persona ya completó el curso en su cohorte; su inscripción no se mueve.")
