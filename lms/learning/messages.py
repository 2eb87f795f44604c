"""What happens in cohorts and enrolments, and what is done about it later."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class CohortCreated(Event):
    """A cohort began to exist and pinned its release."""

    code = "learning.cohort-created"
    sentence = _l("Se creó la cohorte %(name)s.")
    name: str
    release_id: UUID


@dataclass(frozen=True, kw_only=True)
class CohortChanged(Event):
    """Somebody changed a cohort's name, dates or places."""

    code = "learning.cohort-changed"
    sentence = _l("Se cambiaron datos de la cohorte: %(fields)s.")
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CohortMoved(Event):
    """A cohort studies another release of its course from now on."""

    code = "learning.cohort-moved"
    sentence = _l("La cohorte pasó de la versión %(before)s a la %(number)s del curso.")
    release_id: UUID
    before: int
    number: int
    is_asked_again: bool
    """Whether quizzes whose questions changed must be passed anew."""
    same_questions: tuple[tuple[str, str], ...]
    """Old and new id of each quiz or simulation that asks the same in both releases."""


@dataclass(frozen=True, kw_only=True)
class EnrolmentMoved(Event):
    """A person's enrolment, which is the subject, counts in another cohort of the same course from now on."""

    code = "learning.enrolment-moved"
    sentence = _l("Se pasó una inscripción a otra cohorte: %(reason)s")
    cohort_id: UUID
    """The cohort in which it counts now."""
    before_id: UUID
    """The cohort in which it counted."""
    person_id: UUID
    reason: str
    is_asked_again: bool
    """Whether quizzes whose questions changed must be passed anew."""
    same_questions: tuple[tuple[str, str], ...]
    """Old and new id of each quiz or simulation that asks the same in both cohorts; one id where they share it."""


@dataclass(frozen=True, kw_only=True)
class PersonEnrolled(Event):
    """A person takes part in a cohort, for the first time or again."""

    code = "learning.person-enrolled"
    sentence = _l("Se inscribió a una persona.")
    cohort_id: UUID
    person_id: UUID
    institution_id: UUID
    sector: str | None


@dataclass(frozen=True, kw_only=True)
class EnrolmentWithdrawn(Event):
    """A person no longer takes part in a cohort."""

    code = "learning.enrolment-withdrawn"
    sentence = _l("Se dio de baja una inscripción.")
    cohort_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class TrackChanged(Event):
    """An enrolment got another sector: other branches of the lessons are open first."""

    code = "learning.track-changed"
    sentence = _l("Se cambió el sector de una inscripción.")
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class CourseStarted(Event):
    """An enrolled person opened their first unit."""

    code = "learning.course-started"
    sentence = _l("Empezó el curso.")
    cohort_id: UUID


@dataclass(frozen=True, kw_only=True)
class UnitFinished(Event):
    """An enrolled person finished a lesson, passed a quiz or came to the end of a simulation."""

    code = "learning.unit-finished"
    sentence = _l("Terminó una lección, una evaluación o un caso práctico.")
    unit_id: UUID


@dataclass(frozen=True, kw_only=True)
class UnitCredited(Event):
    """A unit counts as finished because the person finished the very same one in another course."""

    code = "learning.unit-credited"
    sentence = _l("Contó una lección o evaluación que la persona ya terminó en otro curso.")
    unit_id: UUID


@dataclass(frozen=True, kw_only=True)
class EnrolmentCompleted(Event):
    """An enrolled person met every condition of the course. It happens once."""

    code = "learning.enrolment-completed"
    sentence = _l("Completó el curso el %(completed_on)s.")
    enrolment_id: UUID
    cohort_id: UUID
    person_id: UUID
    completion_id: UUID
    completed_on: date


@dataclass(frozen=True, kw_only=True)
class ReviewCohort(Order):
    """See who of a cohort has completed the course, after what it asks changed."""

    code: ClassVar[str] = "learning.review-cohort"
    label: ClassVar[Text] = _l("Revisar quién completó el curso")
    cohort_id: str


@dataclass(frozen=True, kw_only=True)
class TellEnrolled(Order):
    """Write to a person who was enrolled, with the link to the course."""

    code: ClassVar[str] = "learning.tell-enrolled"
    label: ClassVar[Text] = _l("Avisar de una inscripción")
    enrolment_id: str


@dataclass(frozen=True, kw_only=True)
class TellMoved(Order):
    """Write to a person who was moved to another cohort, with its dates and the link to the course."""

    code: ClassVar[str] = "learning.tell-moved"
    label: ClassVar[Text] = _l("Avisar de un cambio de cohorte")
    enrolment_id: str
    cohort_id: str
    revision: str
    """Moment of the move, so that each move is told once."""


@dataclass(frozen=True, kw_only=True)
class ReviewPerson(Order):
    """Write the completions of whoever has all that their courses ask since two records of them became one."""

    code: ClassVar[str] = "learning.review-person"
    label: ClassVar[Text] = _l("Revisar si una persona completó sus cursos")
    person_id: str
