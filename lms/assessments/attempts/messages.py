"""What happens to attempts. Saving an answer is no event: it happens at every touch and says nothing by itself."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l


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
