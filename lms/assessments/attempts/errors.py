"""Refusals about attempts."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class QuizClosed(DomainError):
    """The cohort has not begun or is over."""

    code = "attempts.quiz-closed"
    message = _l("El curso no está abierto hoy, así que la evaluación no recibe respuestas.")


class AlreadyPassed(DomainError):
    """There is nothing left to prove."""

    code = "attempts.already-passed"
    message = _l("Usted ya aprobó esta evaluación. Su resultado no cambia.")


class AttemptInReview(DomainError):
    """The last attempt still waits for its grade."""

    code = "attempts.in-review"
    message = _l("Su intento se está calificando. Cuando tenga resultado podrá ver si le hace falta otro.")


class NotForGrading(DomainError):
    """The answer is graded by itself, was not handed in, or its attempt asks nothing of a person."""

    code = "attempts.not-for-grading"
    message = _l("Esta respuesta no espera calificación de una persona.")


class IncompleteRubric(DomainError):
    """A criterion of the rubric has no level."""

    code = "attempts.incomplete-rubric"
    message = _l("Elija un nivel en cada criterio de la rúbrica.")


class BadGrade(DomainError):
    """The share is not between nothing and everything."""

    code = "attempts.bad-grade"
    message = _l("La calificación va de cero a todo el punto.")


class AttemptsUsedUp(DomainError):
    """Every attempt was used and none was passed."""

    code = "attempts.used-up"
    message = _l("Ya usó todos los intentos. Quien coordina su cohorte puede darle uno más.")


class AttemptSubmitted(DomainError):
    """Answers no longer change."""

    code = "attempts.submitted"
    message = _l("Este intento ya se envió; sus respuestas ya no cambian.")


class ExtraNotNeeded(DomainError):
    """The person passed, is answering, or has attempts left."""

    code = "attempts.extra-not-needed"
    message = _l("Esa persona ya aprobó o todavía tiene intentos.")


class TimeOver(DomainError):
    """The answer was given after the end, or arrives too long after it."""

    code = "attempts.time-over"
    message = _l("Se terminó el tiempo de este intento. Cuenta lo que respondió antes.")


class TooSoon(DomainError):
    """The author asks for some hours between attempts."""

    code = "attempts.too-soon"
    message = _l("Todavía no puede empezar otro intento. La página de la evaluación dice desde cuándo.")


class AnswerFixed(DomainError):
    """What was right is shown with each answer, so it does not change."""

    code = "attempts.answer-fixed"
    message = _l("En esta evaluación cada respuesta queda fija al guardarla.")


class BadAllowance(DomainError):
    """Extra time that is none, or without end."""

    code = "attempts.bad-allowance"
    message = _l("Escriba cuánto tiempo más: hasta cuatro veces el límite y hasta 600 minutos.")


class NoFile(DomainError):
    """Nothing was chosen, or an empty file."""

    code = "attempts.no-file"
    message = _l("Elija un archivo que no esté vacío.")


class FileTooLarge(DomainError):
    """The file is larger than the question or the installation allows."""

    code = "attempts.file-too-large"
    message = _l("El archivo pesa más de lo que se recibe. Guárdelo con menos peso o divídalo.")


class BadFormat(DomainError):
    """The bytes are none of the formats that the question asks for, whatever the name says."""

    code = "attempts.bad-format"
    message = _l("El contenido no es de un formato que se reciba aquí. Guárdelo de nuevo en uno de ellos.")
