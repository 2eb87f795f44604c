"""What can be done with attempts; the only writer of their tables."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import aliased

from lms.assessments.attempts import queries, rules, saving, timing
from lms.assessments.attempts.errors import ExtraNotNeeded
from lms.assessments.attempts.messages import (
    AttemptExpired,
    AttemptStarted,
    ExtraAttemptGiven,
    QuizSentForReview,
    QuizSubmitted,
    SubmitExpired,
)
from lms.assessments.attempts.models import Answer, Attempt, ExtraAttempt
from lms.assessments.attempts.queries import QuizUnit
from lms.assessments.attempts.timing import Delivery
from lms.core.actors import Actor
from lms.core.context import registry
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.courses.compiler.quiz_terms import Counting
from lms.courses.models import Unit
from lms.courses.queries import get_release
from lms.institutions.programmes.queries import get_programme
from lms.learning import service as learning
from lms.learning.messages import CohortMoved, EnrolmentMoved
from lms.learning.models import Enrolment, EnrolmentState
from lms.learning.queries import get_cohort, get_enrolment
from lms.plugins.questions import QuestionType

SEEDS = 2**31 - 1
ARRIVED: Final = Delivery()
"""An answer that arrives as it is given."""


def start_attempt(enrolment: Enrolment, quiz: QuizUnit, *, actor: Actor, now: datetime) -> Attempt:
    """Begin the next attempt at a quiz, or return the one that was left open; one without time is handed in first.

    Raises QuizClosed, AlreadyPassed, AttemptsUsedUp and TooSoon.
    """
    rules.check_open(is_open=_is_open(enrolment, quiz, now))
    attempts = queries.list_attempts(enrolment.id, quiz.id)
    if attempts and not settle(attempts[-1], actor=actor, now=now) and attempts[-1].submitted_at is None:
        return attempts[-1]
    extra = queries.count_extra(enrolment.id, quiz.id)
    rules.check_start(queries.standing_of(attempts, quiz, extra))
    timing.check_wait(queries.next_start_of(attempts, quiz), now)
    attempt = _attempt(enrolment, quiz, number=len(attempts) + 1, now=now)
    db.session.add(attempt)
    db.session.flush()
    expect_end(attempt, now=now)
    if not quiz.quiz.is_follow_up:
        learning.see_unit(enrolment, db.session.get_one(Unit, quiz.id), now)
    publish(
        AttemptStarted(
            at=now, actor=actor, subject_id=attempt.id, enrolment_id=enrolment.id, unit_id=quiz.id,
            number=attempt.number,
        )
    )  # fmt: skip
    return attempt


def save_answer(
    attempt: Attempt, question_id: str, values: Sequence[str], *, now: datetime, delivery: Delivery = ARRIVED
) -> Answer:
    """Keep what was answered to a question of the attempt, as often as it changes; no values take it back.

    Raises what `saving.keep_answer` does.
    """
    db.session.flush()
    saving.keep_answer(saving.get_slip(attempt.id), question_id, values, delivery, now=now)
    mine = select(Answer).where(Answer.attempt_id == attempt.id, Answer.question_id == question_id)
    return db.session.scalars(mine.execution_options(populate_existing=True)).one()


def submit(attempt: Attempt, *, actor: Actor, now: datetime) -> None:
    """Grade the attempt; a passed one finishes the quiz and may complete the course. Asking again changes nothing.

    Raises QuizClosed.
    """
    _hold(attempt)
    if attempt.submitted_at is not None or settle(attempt, actor=actor, now=now):
        return
    enrolment = get_enrolment(attempt.enrolment_id)
    rules.check_open(is_open=_is_open(enrolment, queries.get_quiz(attempt.unit_id), now))
    _hand_in(attempt, enrolment, actor=actor, now=now)


def settle(attempt: Attempt, *, actor: Actor, now: datetime) -> bool:
    """Hand in an attempt whose time is over, with what arrived, as of its end; return whether that was needed."""
    if attempt.submitted_at is not None or not timing.is_expired(attempt.ends_at, now):
        return False
    _hold(attempt)
    end = attempt.ends_at
    if attempt.submitted_at is not None or end is None:
        return False
    attempt.is_expired = True
    publish(
        AttemptExpired(
            at=now, actor=actor, subject_id=attempt.id, enrolment_id=attempt.enrolment_id,
            unit_id=attempt.unit_id, number=attempt.number,
        )
    )  # fmt: skip
    _hand_in(attempt, get_enrolment(attempt.enrolment_id), actor=actor, now=end)
    return True


def _hand_in(attempt: Attempt, enrolment: Enrolment, *, actor: Actor, now: datetime) -> None:
    waiting = grade_by_rule(attempt)
    attempt.submitted_at = now
    if waiting:
        db.session.flush()
        publish(
            QuizSentForReview(
                at=now, actor=actor, subject_id=attempt.id, enrolment_id=enrolment.id, unit_id=attempt.unit_id,
                number=attempt.number, waiting=waiting,
            )
        )  # fmt: skip
        return
    result = complete(attempt, enrolment, actor=actor, now=now)
    publish(
        QuizSubmitted(
            at=now, actor=actor, subject_id=attempt.id, enrolment_id=enrolment.id, unit_id=attempt.unit_id,
            number=attempt.number, is_passed=result.is_passed, earned=str(result.earned),
            possible=result.possible,
        )
    )  # fmt: skip


def expect_end(attempt: Attempt, *, now: datetime) -> None:
    """Have an attempt with a limit handed in once nothing more can arrive, should nobody come back to it."""
    if attempt.ends_at is not None:
        order = SubmitExpired(attempt_id=str(attempt.id))
        key = f"{order.code}:{attempt.id}:{attempt.ends_at.isoformat()}"
        enqueue(order, now=now, key=key, run_at=attempt.ends_at + timing.GRACE + timedelta(seconds=1))


def complete(attempt: Attempt, enrolment: Enrolment, *, actor: Actor, now: datetime) -> rules.Result:
    """Write what an attempt came to, once all of it is graded; a passed one finishes the quiz.

    A quiz that was passed once stays finished, even if a later grade is lower. One of the follow-up finishes nothing:
    the course was completed before.
    """
    earned = [answer.earned for answer in queries.answers_of(attempt.id).values() if answer.earned]
    result = rules.result_of(
        earned, possible=attempt.possible, mark=attempt.pass_mark, asked=len(attempt.question_ids)
    )
    attempt.earned, attempt.is_passed = result.earned, result.is_passed
    db.session.flush()
    result = replace(result, is_passed=_judge_all(attempt))
    if result.is_passed and not queries.get_quiz(attempt.unit_id).quiz.is_follow_up:
        learning.finish_unit(enrolment, db.session.get_one(Unit, attempt.unit_id), actor=actor, now=now)
        learning.review_completion(enrolment, actor=actor, now=now)
    return result


def _is_open(enrolment: Enrolment, quiz: QuizUnit, now: datetime) -> bool:
    """Say whether a quiz takes answers of an enrolment now."""
    if not quiz.quiz.is_follow_up:
        return learning.is_open(enrolment, now)
    timezone = get_programme(get_cohort(enrolment.cohort_id).programme_id).timezone
    return enrolment.state is EnrolmentState.ACTIVE and rules.takes_answers(
        quiz.quiz,
        is_running=False,
        completed_on=queries.find_completion_day(enrolment.id),
        day=now.astimezone(ZoneInfo(timezone)).date(),
    )


def _judge_all(attempt: Attempt) -> bool:
    """Say of each attempt whether the quiz is passed with it, where that depends on those before; return of this one.

    Of the best and of the last attempt each passes or not by itself.
    """
    counting = queries.get_quiz(attempt.unit_id).quiz.counting
    if counting is Counting.MEAN:
        shares: list[Fraction] = []
        for each in queries.list_attempts(attempt.enrolment_id, attempt.unit_id):
            if each.earned is not None and each.possible:
                shares.append(rules.share_of(each.earned, each.possible))
                each.is_passed = timing.counted(shares, counting) >= each.pass_mark
        db.session.flush()
    return bool(attempt.is_passed)


def give_extra_attempt(enrolment: Enrolment, quiz: QuizUnit, *, actor: Actor, now: datetime) -> None:
    """Give a person one more attempt at a quiz in which they used up theirs; raises ExtraNotNeeded."""
    db.session.refresh(enrolment, with_for_update=True)  # two people in charge give one attempt, not two
    attempts = queries.list_attempts(enrolment.id, quiz.id)
    extra = queries.count_extra(enrolment.id, quiz.id)
    if not queries.standing_of(attempts, quiz, extra).is_used_up:
        raise ExtraNotNeeded
    db.session.add(ExtraAttempt(enrolment_id=enrolment.id, unit_id=quiz.id, given_at=now))
    db.session.flush()
    publish(ExtraAttemptGiven(at=now, actor=actor, subject_id=enrolment.id, unit_id=quiz.id))


def _attempt(enrolment: Enrolment, quiz: QuizUnit, *, number: int, now: datetime) -> Attempt:
    cohort = get_cohort(enrolment.cohort_id)
    programme = get_programme(cohort.programme_id)
    fitting = rules.draw(quiz.questions.values(), sector=enrolment.sector, country=programme.country)
    seed = secrets.randbelow(SEEDS)
    form = rules.form_of(quiz.quiz, enrolment.person_id, get_release(quiz.release_id).course_id)
    asked = rules.extract(fitting, quiz.quiz, seed, form)
    return Attempt(
        id=new_id(),
        enrolment_id=enrolment.id,
        unit_id=quiz.id,
        number=number,
        seed=seed,
        question_ids=asked,
        pass_mark=queries.pass_mark_of(quiz, get_release(quiz.release_id), programme),
        started_at=now,
        form=form,
        ends_at=queries.end_of(enrolment, quiz, now),
        possible=len(_scored(quiz, asked)),
    )


def _scored(quiz: QuizUnit, asked: Sequence[str]) -> list[str]:
    types = _types()
    kinds = ((each, types[quiz.questions[each]["type"]].is_scored) for each in asked)
    return rules.scored(kinds, is_survey=quiz.quiz.is_survey)


def grade_by_rule(attempt: Attempt) -> int:
    """Write what each answer earned that its question can grade; return how many wait for a person.

    A question without an answer earns nothing, and so does an essay of which nothing was written.
    """
    quiz, types = queries.get_quiz(attempt.unit_id), _types()
    counting = set(_scored(quiz, attempt.question_ids))
    waiting = 0
    for answer in queries.answers_of(attempt.id).values():
        if answer.question_id not in counting:
            continue
        config = quiz.questions[answer.question_id]
        kind = types[config["type"]]
        if kind.needs_grader and answer.chosen:
            waiting += 1
        else:
            answer.earned = kind.grade(config, answer.chosen).fraction
    db.session.flush()
    return waiting


def _hold(attempt: Attempt) -> None:
    """Read the attempt anew and keep it from others until the transaction ends.

    So an answer that arrives while the attempt is being submitted is either graded or refused, and two
    submissions at once count as one.
    """
    db.session.refresh(attempt, with_for_update=True)


def _types() -> Mapping[str, QuestionType]:
    return registry("question_types")


def follow_cohort(event: CohortMoved) -> None:
    """Let attempts at a quiz that asks the same in the new release count there; the others stay at the old one."""
    for old, new in event.same_questions:
        for table in (Attempt, ExtraAttempt):
            _follow(table, Enrolment.cohort_id == event.subject_id, UUID(old), UUID(new))
    db.session.expire_all()


def follow_person(event: EnrolmentMoved) -> None:
    """Let a person's attempts at a quiz that asks the same in their other cohort count there."""
    for old, new in event.same_questions:
        for table in (Attempt, ExtraAttempt):
            _follow(table, Enrolment.id == event.subject_id, UUID(old), UUID(new))
    db.session.expire_all()


def _follow(
    table: type[Attempt] | type[ExtraAttempt], whose: ColumnElement[bool], old: UUID, new: UUID
) -> None:
    mine = select(Enrolment.id).where(whose)
    other = aliased(table)
    is_there = exists().where(other.enrolment_id == table.enrolment_id, other.unit_id == new)
    db.session.execute(
        update(table)
        .where(table.unit_id == old, table.enrolment_id.in_(mine), ~is_there)
        .values(unit_id=new)
        .execution_options(synchronize_session=False)
    )
