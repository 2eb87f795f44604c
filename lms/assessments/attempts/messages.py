"""What happens to attempts. Saving an answer is no event: it happens at every touch and says nothing by itself."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class AttemptStarted(Event):
    """A person began to answer a quiz."""

    code = "attempts.started"
    sentence = _l("Empezó el intento %(number)s de una evaluación.")
    enrolment_id: UUID
    unit_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class QuizSubmitted(Event):
    """A person handed in a quiz; it was graded at once."""

    code = "attempts.submitted"
    sentence = _l("Envió una evaluación: %(earned)s de %(possible)s.")
    enrolment_id: UUID
    unit_id: UUID
    number: int
    is_passed: bool
    earned: str
    """Exact points, whole or as a fraction such as "20/3"."""
    possible: int


@dataclass(frozen=True, kw_only=True)
class QuizSentForReview(Event):
    """A person handed in a quiz of which a person must grade something."""

    code = "attempts.sent-for-review"
    sentence = _l("Envió una evaluación que una persona debe calificar.")
    enrolment_id: UUID
    unit_id: UUID
    number: int
    waiting: int
    """Answers that a person must grade."""


@dataclass(frozen=True, kw_only=True)
class AnswerGraded(Event):
    """A person graded an answer, or changed its grade."""

    code = "attempts.answer-graded"
    sentence = _l("Calificó una respuesta: %(fraction)s del punto (antes: %(before)s).")
    answer_id: UUID
    question_id: str
    fraction: str
    """Exact share of the point, such as "2/3"."""
    before: str
    """The share that it had, or a dash."""


@dataclass(frozen=True, kw_only=True)
class QuizGraded(Event):
    """The last answer that waited was graded, or a grade changed, and the attempt has a result."""

    code = "attempts.graded"
    sentence = _l("Una evaluación quedó calificada: %(earned)s de %(possible)s.")
    enrolment_id: UUID
    unit_id: UUID
    is_passed: bool
    earned: str
    possible: int


@dataclass(frozen=True, kw_only=True)
class ExtraAttemptGiven(Event):
    """Whoever runs a cohort gave a person one more try."""

    code = "attempts.extra-given"
    sentence = _l("Dio un intento más de una evaluación.")
    unit_id: UUID


@dataclass(frozen=True, kw_only=True)
class AttemptExpired(Event):
    """The time of an attempt ran out, and what was answered was handed in."""

    code = "attempts.expired"
    sentence = _l("Se terminó el tiempo de un intento y se envió lo respondido.")
    enrolment_id: UUID
    unit_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class ExtraTimeGiven(Event):
    """Whoever runs a cohort changed how much time a person has in timed quizzes."""

    code = "attempts.extra-time-given"
    sentence = _l("Dio %(percent)s %% del tiempo y %(minutes)s minutos más en las evaluaciones con límite.")
    percent: int
    minutes: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class SubmitExpired(Order):
    """Hand in an attempt whose time is over, unless its person came back before."""

    code: ClassVar[str] = "attempts.submit-expired"
    label: ClassVar[Text] = _l("Enviar un intento sin tiempo")
    keep_days: ClassVar[int] = 7
    attempt_id: str


@dataclass(frozen=True, kw_only=True)
class ForgetFile(Order):
    """Remove the bytes of a file that was replaced or taken back, unless it is an answer after all."""

    code: ClassVar[str] = "attempts.forget-file"
    label: ClassVar[Text] = _l("Borrar un archivo que se quitó de una respuesta")
    digest: str
