"""Move one person to another cohort of the same course: what becomes of their progress, and doing it.

The enrolment itself moves, with everything that hangs from it; moving it back is the way to undo it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lms.accounts.queries import get_person
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.jobs.orders import enqueue
from lms.courses.changes import ASKS, compare
from lms.courses.models import Release
from lms.courses.queries import get_release, list_outline
from lms.courses.stored import get_edition
from lms.learning import queries
from lms.learning.errors import CohortElsewhere, CourseCompleted, EnrolledThere, EnrolmentInactive
from lms.learning.messages import EnrolmentMoved, ReviewPerson, TellMoved
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.moving import Move, carry_progress, finished_by, pages_between
from lms.learning.permissions import LearningPermission
from lms.learning.service import take_place


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMove:
    """What moving a person would do."""

    before: Cohort
    after: Cohort
    pages: Move | None
    """What becomes of each page; None where both cohorts study the same release."""


def offered_cohorts(enrolment: Enrolment, *, actor: Actor, now: datetime) -> Sequence[Cohort]:
    """Return the cohorts of the same course that the actor manages and that are not over, the next one first."""
    own = queries.get_cohort(enrolment.cohort_id)
    return db.session.scalars(
        queries.visible_cohorts(actor, LearningPermission.MANAGE_COHORTS)
        .where(Cohort.course_id == own.course_id, Cohort.id != own.id, Cohort.ends_on >= now.date())
        .order_by(Cohort.starts_on, Cohort.name, Cohort.id)
    ).all()


def plan_person_move(enrolment: Enrolment, cohort: Cohort) -> PersonMove:
    """Return what moving a person to a cohort would do, and change nothing.

    Raises CohortElsewhere, EnrolmentInactive, CourseCompleted and EnrolledThere.
    """
    before = queries.get_cohort(enrolment.cohort_id)
    if cohort.course_id != before.course_id or cohort.id == before.id:
        raise CohortElsewhere
    if enrolment.state is not EnrolmentState.ACTIVE:
        raise EnrolmentInactive
    if queries.find_completion(enrolment.id):
        raise CourseCompleted
    if queries.find_enrolment(cohort.id, enrolment.person_id):
        raise EnrolledThere
    old, new = get_release(before.release_id), get_release(cohort.release_id)
    pages = None if old.id == new.id else _pages(enrolment, old, new)
    return PersonMove(before=before, after=cohort, pages=pages)


def _pages(enrolment: Enrolment, old: Release, new: Release) -> Move:
    difference = compare(get_edition(old), get_edition(new))
    finished = finished_by(Enrolment.id == enrolment.id)
    found = tuple(pages_between(old, new, difference, finished))
    return Move(before=old, after=new, difference=difference, pages=found)


def move_person(
    enrolment: Enrolment, cohort: Cohort, *, reason: str, ask_again: bool, actor: Actor, now: datetime
) -> PersonMove:
    """Let a person study with another cohort from now on; ``ask_again`` has changed quizzes passed anew.

    What they did on pages that both releases have counts there; marks at meetings stay with the meetings.
    Raises what ``plan_person_move`` does, and CohortFull.
    """
    db.session.refresh(enrolment, with_for_update=True)  # two people move it one after the other
    move = plan_person_move(enrolment, cohort)
    take_place(cohort, get_person(enrolment.person_id))
    if move.pages:
        carry_progress(move.pages.pairs(ask_again=ask_again), Enrolment.id == enrolment.id)
    enrolment.cohort_id = cohort.id
    db.session.flush()
    publish(
        EnrolmentMoved(
            at=now, actor=actor, subject_id=enrolment.id, cohort_id=cohort.id, before_id=move.before.id,
            person_id=enrolment.person_id, reason=reason.strip(), is_asked_again=ask_again,
            same_questions=move.pages.same_questions if move.pages else _asking(cohort),
        )
    )  # fmt: skip
    revision = f"{now:%Y%m%d%H%M%S%f}"
    enqueue(ReviewPerson(person_id=str(enrolment.person_id)), now=now, key=f"moved:{enrolment.id}:{revision}")
    told = TellMoved(enrolment_id=str(enrolment.id), cohort_id=str(cohort.id), revision=revision)
    enqueue(told, now=now, key=f"{told.code}:{enrolment.id}:{cohort.id}:{revision}")
    return move


def _asking(cohort: Cohort) -> tuple[tuple[str, str], ...]:
    """Return each page of a cohort's release that asks, as the same before and after."""
    units = (unit for module in list_outline(cohort.release_id) for unit in module.units)
    return tuple((str(unit.id), str(unit.id)) for unit in units if unit.kind.value in ASKS)
