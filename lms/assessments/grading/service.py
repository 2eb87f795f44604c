"""What can be done with grades; the only writer of the tables of markers and phrases."""

from datetime import datetime
from uuid import UUID

from lms.assessments.attempts import grading
from lms.assessments.attempts.grading import Opinion
from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.attempts.queries import get_quiz
from lms.assessments.grading import queries, rules
from lms.assessments.grading.errors import AlreadyMarked, OwnAnswer, ReasonNeeded, ThirdNeeded
from lms.assessments.grading.messages import AnswerMarked, GradeChanged, MarksDiffered, SecondMarkersSet
from lms.assessments.grading.models import DoubleMarking, Mark, Phrase
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.learning.models import Cohort
from lms.learning.queries import get_enrolment


def grade(
    answer: Answer,
    opinion: Opinion,
    *,
    reason: str = "",
    may_settle: bool = False,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what a marker says; with two markers the grade follows from both, or from whoever settles.

    Raises OwnAnswer, ReasonNeeded, AlreadyMarked, ThirdNeeded and what grade_answer does.
    """
    attempt = db.session.get_one(Attempt, answer.attempt_id)
    db.session.refresh(attempt, with_for_update=True)
    db.session.refresh(answer)
    enrolment = get_enrolment(attempt.enrolment_id)
    if actor.person_id is not None and actor.person_id == enrolment.person_id:
        raise OwnAnswer
    if answer.earned is not None:
        _change(answer, opinion, reason.strip(), actor=actor, now=now)
    elif queries.find_double(enrolment.cohort_id, attempt.unit_id) is None:
        grading.grade_answer(answer, opinion, actor=actor, now=now)
    else:
        _mark(answer, attempt, opinion, may_settle=may_settle, actor=actor, now=now)


def set_second_markers(
    cohort: Cohort, unit_id: UUID, *, is_double: bool, actor: Actor, now: datetime
) -> None:
    """Have each answer to a quiz of a cohort graded by two people, or by one; asking again changes nothing."""
    known = queries.find_double(cohort.id, unit_id)
    if (known is not None) is is_double:
        return
    if known is None:
        db.session.add(DoubleMarking(id=new_id(), cohort_id=cohort.id, unit_id=unit_id, set_at=now))
    else:
        db.session.delete(known)
    db.session.flush()
    publish(SecondMarkersSet(at=now, actor=actor, subject_id=cohort.id, unit_id=unit_id, is_double=is_double))


def keep_phrase(text: str, *, cohort_id: UUID | None, actor: Actor, now: datetime) -> None:
    """Keep a comment to be used again, for oneself or for all who grade a cohort."""
    if actor.person_id is not None and text.strip():
        db.session.add(
            Phrase(
                id=new_id(), person_id=actor.person_id, cohort_id=cohort_id, text=text.strip(), created_at=now
            )
        )
        db.session.flush()


def forget_phrase(phrase: Phrase) -> None:
    """Delete a phrase; comments that used it stay as they are."""
    db.session.delete(phrase)
    db.session.flush()


def _change(answer: Answer, opinion: Opinion, reason: str, *, actor: Actor, now: datetime) -> None:
    if not reason:
        raise ReasonNeeded
    before = answer.earned
    given = grading.grade_answer(answer, opinion, actor=actor, now=now)
    publish(
        GradeChanged(
            at=now, actor=actor, subject_id=answer.attempt_id, answer_id=answer.id, before=str(before),
            after=str(given.fraction), reason=reason,
        )
    )  # fmt: skip


def _mark(
    answer: Answer, attempt: Attempt, opinion: Opinion, *, may_settle: bool, actor: Actor, now: datetime
) -> None:
    marks = queries.list_marks(answer.id)
    if any(mark.marked_by == actor.person_id for mark in marks):
        raise AlreadyMarked
    if len(marks) > 1:
        if not may_settle:
            raise ThirdNeeded
        grading.grade_answer(answer, opinion, actor=actor, now=now)
        return
    mark = _written(answer, attempt, opinion, place=len(marks) + 1, actor=actor, now=now)
    if marks:
        _compare(answer, marks[0], mark, actor=actor, now=now)


def _written(
    answer: Answer, attempt: Attempt, opinion: Opinion, *, place: int, actor: Actor, now: datetime
) -> Mark:
    config = get_quiz(attempt.unit_id).questions[answer.question_id]
    mark = Mark(
        id=new_id(),
        answer_id=answer.id,
        place=place,
        fraction=grading.fraction_of(config, opinion),
        levels=dict(opinion.levels),
        comment=opinion.comment.strip(),
        marked_at=now,
        marked_by=actor.person_id,
    )
    db.session.add(mark)
    db.session.flush()
    publish(
        AnswerMarked(
            at=now, actor=actor, subject_id=attempt.id, answer_id=answer.id, place=place,
            fraction=str(mark.fraction),
        )
    )  # fmt: skip
    return mark


def _compare(answer: Answer, first: Mark, second: Mark, *, actor: Actor, now: datetime) -> None:
    agreed = rules.agreed(first.fraction, second.fraction)
    if agreed is None:
        publish(
            MarksDiffered(
                at=now, actor=actor, subject_id=answer.attempt_id, answer_id=answer.id,
                first=str(first.fraction), second=str(second.fraction),
            )
        )  # fmt: skip
        return
    levels = first.levels if first.levels == second.levels else {}
    opinion = Opinion(fraction=agreed, levels=levels, comment=rules.joined(first.comment, second.comment))
    grading.grade_answer(answer, opinion, actor=actor, now=now)
