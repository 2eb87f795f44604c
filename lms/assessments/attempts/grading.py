"""Grading by a person: which answers wait, what somebody says of one, and the result once none waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select

from lms.assessments.attempts import queries, service
from lms.assessments.attempts.errors import BadGrade, IncompleteRubric, NotForGrading
from lms.assessments.attempts.messages import AnswerGraded, QuizGraded
from lms.assessments.attempts.models import Answer, AnswerGrade, Attempt
from lms.assessments.attempts.rubrics import share
from lms.core.actors import Actor, Permission
from lms.core.context import registry
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.learning.models import Enrolment, EnrolmentState
from lms.learning.queries import get_enrolment, visible_enrolments
from lms.learning.service import is_open
from lms.plugins.questions import Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What somebody says of an answer."""

    fraction: Fraction | None = None
    """Share of the point, in [0, 1]; None to take it from the levels of the rubric."""
    levels: Mapping[str, int] = field(default_factory=dict)
    """Level of each criterion, from 0, by the criterion's key."""
    comment: str = ""


def list_waiting(actor: Actor, permission: Permission, cohort_id: UUID | None = None) -> list[Answer]:
    """Return the answers that wait for a person and that the permission reaches, the oldest submission first."""
    reached = visible_enrolments(actor, permission).where(Enrolment.state == EnrolmentState.ACTIVE)
    if cohort_id is not None:
        reached = reached.where(Enrolment.cohort_id == cohort_id)
    rows = db.session.execute(
        select(Answer, Attempt.unit_id)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(
            Attempt.enrolment_id.in_(reached.with_only_columns(Enrolment.id)),
            Attempt.submitted_at.is_not(None),
            Attempt.earned.is_(None),
            Answer.earned.is_(None),
        )
        .order_by(Attempt.submitted_at, Answer.id)
    )
    return [answer for answer, unit_id in rows if needs_person(unit_id, answer)]


def needs_person(unit_id: UUID, answer: Answer) -> bool:
    """Say whether only a person can grade this answer to a quiz."""
    quiz = queries.get_quiz(unit_id)
    kind = registry("question_types")[quiz.questions[answer.question_id]["type"]]
    is_graded = not (quiz.quiz.is_survey or quiz.quiz.is_plan)
    return bool(kind.needs_grader and answer.chosen and is_graded)


def find_grades(answer_ids: Sequence[UUID]) -> dict[UUID, AnswerGrade]:
    """Return what persons said of some answers, by answer."""
    rows = db.session.scalars(select(AnswerGrade).where(AnswerGrade.answer_id.in_(answer_ids)))
    return {row.answer_id: row for row in rows}


def grade_answer(answer: Answer, opinion: Opinion, *, actor: Actor, now: datetime) -> AnswerGrade:
    """Keep what somebody says of an answer; with the last one that waited, the attempt gets its result.

    A grade may change later, and the result with it. Raises NotForGrading, IncompleteRubric and BadGrade.
    """
    attempt = db.session.get_one(Attempt, answer.attempt_id)
    db.session.refresh(attempt, with_for_update=True)
    if attempt.submitted_at is None or not needs_person(attempt.unit_id, answer):
        raise NotForGrading
    config = queries.get_quiz(attempt.unit_id).questions[answer.question_id]
    fraction = fraction_of(config, opinion)
    before = "—" if answer.earned is None else str(answer.earned)
    grade = _written(answer, opinion, fraction, actor=actor, now=now)
    publish(
        AnswerGraded(
            at=now, actor=actor, subject_id=attempt.id, answer_id=answer.id, question_id=answer.question_id,
            fraction=str(fraction), before=before,
        )
    )  # fmt: skip
    if not _still_waiting(attempt):
        _finish(attempt, actor=actor, now=now)
    return grade


def settle_plan(attempt: Attempt, *, is_approved: bool, actor: Actor, now: datetime) -> None:
    """Close a plan that somebody's superior read: approved it finishes its unit, otherwise another try may follow.

    What was handed in before the cohort ended counts then, however late the superior reads it.
    """
    db.session.refresh(attempt, with_for_update=True)
    if not attempt.is_in_review:
        raise NotForGrading
    for answer in queries.answers_of(attempt.id).values():
        answer.earned = Fraction(is_approved)
    db.session.flush()
    enrolment = get_enrolment(attempt.enrolment_id)
    service.complete(attempt, enrolment, actor=actor, now=counts_at(attempt, enrolment, now))


def counts_at(attempt: Attempt, enrolment: Enrolment, now: datetime) -> datetime:
    """Return when a result counts: now while the cohort runs, and afterwards when the attempt was handed in."""
    return now if is_open(enrolment, now) else attempt.submitted_at or now


def fraction_of(config: Config, opinion: Opinion) -> Fraction:
    """Return the share that an opinion gives to an answer; raises IncompleteRubric and BadGrade."""
    if opinion.fraction is None:
        earned = share(config, opinion.levels)
        if earned is None:
            raise IncompleteRubric if config["details"].get("rubric") else BadGrade
        return earned
    if not 0 <= opinion.fraction <= 1:
        raise BadGrade
    return opinion.fraction


def _written(
    answer: Answer, opinion: Opinion, fraction: Fraction, *, actor: Actor, now: datetime
) -> AnswerGrade:
    grade = db.session.scalar(select(AnswerGrade).where(AnswerGrade.answer_id == answer.id))
    if grade is None:
        grade = AnswerGrade(id=new_id(), answer_id=answer.id)
        db.session.add(grade)
    grade.fraction, grade.levels, grade.comment = fraction, dict(opinion.levels), opinion.comment.strip()
    grade.graded_at, grade.graded_by = now, actor.person_id
    answer.earned = fraction
    db.session.flush()
    return grade


def _still_waiting(attempt: Attempt) -> bool:
    answers = queries.answers_of(attempt.id).values()
    return any(each.earned is None and needs_person(attempt.unit_id, each) for each in answers)


def _finish(attempt: Attempt, *, actor: Actor, now: datetime) -> None:
    enrolment = get_enrolment(attempt.enrolment_id)
    result = service.complete(attempt, enrolment, actor=actor, now=counts_at(attempt, enrolment, now))
    publish(
        QuizGraded(
            at=now, actor=actor, subject_id=attempt.id, enrolment_id=enrolment.id, unit_id=attempt.unit_id,
            is_passed=result.is_passed, earned=str(result.earned), possible=result.possible,
        )
    )  # fmt: skip
