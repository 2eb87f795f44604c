"""What people of the finished cohort said, and still knew, two months after they completed the course."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from sqlalchemy import insert, select

from lms.assessments.attempts.queries import QuizUnit
from lms.assessments.follow_up.course_surveys import measures_of, surveys_of
from lms.assessments.follow_up.models import FollowUp, FollowUpReply, Respondent
from lms.assessments.follow_up.rules import USUAL_DAY, closing_day
from lms.assessments.follow_up.service import set_follow_up
from lms.core.actors import SYSTEM
from lms.core.db import db
from lms.core.ids import new_id
from lms.courses.models import Unit
from lms.demo.answering import opinion
from lms.demo.quizzes import take_quiz
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Completion, Enrolment, UnitProgress

SKILL: Final = 0.9
"""Of whoever answers of their own will months later."""
TAKES_QUIZ, ANSWERS, LETS_ASK, SUPERIOR_ANSWERS = 0.36, 0.62, 0.7, 0.55
"""Chances of each step."""


def write_follow_ups(programme: Programme, cohort: Cohort, chance: Random, *, now: datetime) -> None:
    """Write the survey and the measure of everybody who completed a cohort's course two months ago or before."""
    set_follow_up(programme, USUAL_DAY, actor=SYSTEM, now=now)
    surveys = surveys_of(cohort.release_id)
    measure = next(iter(measures_of(cohort.release_id)), None)
    unit = db.session.get(Unit, measure.id) if measure else None
    rows = db.session.execute(
        select(Completion, Enrolment)
        .join(Enrolment, Enrolment.id == Completion.enrolment_id)
        .where(Enrolment.cohort_id == cohort.id)
        .order_by(Completion.completed_at, Completion.id)
    )
    for completion, enrolment in rows.all():
        due = completion.completed_at + timedelta(days=USUAL_DAY)
        if due + timedelta(days=28) > now:
            continue
        _write_survey(completion, due, surveys, chance)
        if unit is not None and chance.random() < TAKES_QUIZ:
            _take_measure(enrolment, unit, due + timedelta(days=chance.uniform(0.5, 27)), chance)


def _take_measure(enrolment: Enrolment, unit: Unit, at: datetime, chance: Random) -> None:
    take_quiz(enrolment, unit, at, skill=SKILL, chance=chance)
    row = {"enrolment_id": enrolment.id, "unit_id": unit.id, "seen_at": at, "finished_at": at}
    db.session.execute(insert(UnitProgress), [{"id": new_id(), **row}])


def _write_survey(
    completion: Completion, due: datetime, surveys: Mapping[Respondent, QuizUnit], chance: Random
) -> None:
    answered = due + timedelta(days=chance.uniform(0.2, 20)) if chance.random() < ANSWERS else None
    asks = answered if answered and chance.random() < LETS_ASK else None
    replied = (
        asks + timedelta(days=chance.uniform(1, 7)) if asks and chance.random() < SUPERIOR_ANSWERS else None
    )
    follow_up_id = new_id()
    survey = {
        "id": follow_up_id,
        "completion_id": completion.id,
        "asked_on": completion.completed_on + timedelta(days=USUAL_DAY),
        "closes_on": closing_day(completion.completed_on, USUAL_DAY),
        "answered_at": answered,
        "superior_asked_on": asks.date() if asks else None,
        "superior_answered_at": replied,
    }
    db.session.execute(insert(FollowUp), [survey])
    answering = {Respondent.SELF: answered, Respondent.SUPERIOR: replied}
    for respondent, quiz in surveys.items():
        if answering[respondent]:
            db.session.execute(insert(FollowUpReply), list(_replies(follow_up_id, quiz, chance)))


def _replies(follow_up_id: UUID, quiz: QuizUnit, chance: Random) -> Iterator[dict[str, Any]]:
    for question in quiz.quiz.questions:
        if chosen := opinion(question, chance):
            yield {
                "id": new_id(),
                "follow_up_id": follow_up_id,
                "unit_id": quiz.id,
                "question_id": question.id,
                "chosen": chosen,
            }
