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
class ExtraAttemptGiven(Event):
    """Whoever runs a cohort gave a person one more try."""

    code = "attempts.extra-given"
    sentence = _l("Dio un intento más de una evaluación.")
    unit_id: UUID
