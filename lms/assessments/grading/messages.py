"""What happens while people grade."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class GradeChanged(Event):
    """Somebody changed a grade that was given."""

    code = "grading.changed"
    sentence = _l("Cambió una calificación de %(before)s a %(after)s del punto: %(reason)s")
    answer_id: UUID
    before: str
    after: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AnswerMarked(Event):
    """One of two markers graded an answer without knowing of the other."""

    code = "grading.marked"
    sentence = _l("Dio la calificación %(place)s de una respuesta: %(fraction)s del punto.")
    answer_id: UUID
    place: int
    """1 or 2."""
    fraction: str


@dataclass(frozen=True, kw_only=True)
class MarksDiffered(Event):
    """Two markers differ by more than a fifth of the point."""

    code = "grading.marks-differed"
    sentence = _l("Dos calificaciones de una respuesta difieren: %(first)s y %(second)s del punto.")
    answer_id: UUID
    first: str
    second: str


@dataclass(frozen=True, kw_only=True)
class SecondMarkersSet(Event):
    """Whoever runs a cohort asked for a second marker of a quiz, or no longer."""

    code = "grading.second-markers-set"
    sentence = _l("Cambió si una evaluación lleva segunda calificación.")
    unit_id: UUID
    is_double: bool


@dataclass(frozen=True, kw_only=True)
class RegradeOrdered(Event):
    """Somebody had results corrected because a key was wrong."""

    code = "grading.regrade-ordered"
    sentence = _l("Ordenó recalificar la pregunta %(question_id)s (%(change)s): %(reason)s")
    unit_id: UUID
    question_id: str
    change: str
    value: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AttemptRegraded(Event):
    """A correction changed what a person earned with a question."""

    code = "grading.attempt-regraded"
    sentence = _l("Se recalificó una respuesta: de %(before)s a %(after)s del punto.")
    regrade_id: UUID
    before: str
    after: str
    is_passed: bool


@dataclass(frozen=True, kw_only=True)
class RegradeBatch(Order):
    """Correct the next attempts of a regrade."""

    code: ClassVar[str] = "grading.regrade"
    label: ClassVar[Text] = _l("Recalificar una pregunta")
    regrade_id: str
    after: str = ""
    """Id of the last attempt that was looked at."""
