"""From an id and an actor to an answer that they may grade, or nothing."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lms.accounts.models import Person
from lms.assessments.attempts.grading import needs_person
from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.attempts.queries import QuizUnit, get_quiz
from lms.assessments.grading.permissions import GradingPermission
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.queries import enrolment_condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An answer that a person grades, with where it comes from."""

    answer: Answer
    attempt: Attempt
    enrolment: Enrolment
    cohort: Cohort
    person: Person
    quiz: QuizUnit


def access_paper(actor: Actor, answer_id: UUID) -> Paper:
    """Return an answer that was handed in and that the actor may grade; raises NotFound."""
    row = db.session.execute(
        select(Answer, Attempt, Enrolment, Cohort, Person)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Answer.id == answer_id,
            Attempt.submitted_at.is_not(None),
            Enrolment.state == EnrolmentState.ACTIVE,
            enrolment_condition(actor, GradingPermission.GRADE),
        )
    ).one_or_none()
    if row is None or not needs_person(row[1].unit_id, row[0]):
        raise NotFound
    return Paper(
        answer=row[0], attempt=row[1], enrolment=row[2], cohort=row[3], person=row[4],
        quiz=get_quiz(row[1].unit_id),
    )  # fmt: skip


def may_settle(actor: Actor, enrolment: Enrolment) -> bool:
    """Say whether the actor decides where two markers differ."""
    reached = enrolment_condition(actor, GradingPermission.SETTLE)
    return db.session.scalar(select(Enrolment.id).where(Enrolment.id == enrolment.id, reached)) is not None
