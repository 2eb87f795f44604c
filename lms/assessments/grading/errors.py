"""Refusals about grading."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class ReasonNeeded(DomainError):
    """The answer has a grade already; who changes it says why."""

    code = "grading.reason-needed"
    status = 422
    message = _l("Esta respuesta ya tiene calificación. Para cambiarla, escriba el motivo.")


class AlreadyMarked(DomainError):
    """A second marker is somebody else."""

    code = "grading.already-marked"
    message = _l("Usted ya la calificó. La segunda calificación es de otra persona.")


class ThirdNeeded(DomainError):
    """Two markers differ, and somebody who coordinates decides."""

    code = "grading.third-needed"
    message = _l("Las dos calificaciones difieren: decide quien coordina el programa.")


class OwnAnswer(DomainError):
    """Nobody grades themselves."""

    code = "grading.own-answer"
    message = _l("No puede calificar su propia respuesta.")


class KeysDiffer(DomainError):
    """The other release asks something else under the same name."""

    code = "grading.keys-differ"
    status = 422
    message = _l("En esa versión la pregunta tiene otras opciones: su clave no sirve para esta.")


class ChangeUnknown(DomainError):
    """The option or the release is not there, or the question has none."""

    code = "grading.change-unknown"
    status = 422
    message = _l("Elija una de las correcciones que se ofrecen para esta pregunta.")
