"""Quizzes and surveys as participants of the demonstration answered them, in rows: it is the bulk of its history."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.attempts.queries import get_quiz
from lms.assessments.attempts.rules import draw, extract, form_of
from lms.core.db import db
from lms.core.ids import new_id
from lms.courses.compiler.course import Question, Quiz
from lms.courses.models import Unit
from lms.courses.queries import get_release, quiz_of
from lms.demo.answering import chance_of, opinion, wrong_answer
from lms.institutions.programmes.queries import get_programme
from lms.learning.models import Enrolment
from lms.learning.queries import get_cohort


def take_quiz(enrolment: Enrolment, unit: Unit, at: datetime, *, skill: float, chance: Random) -> bool:
    """Write up to as many attempts as the quiz allows; say whether one passed.

    `skill` is the chance of the right answer to a question of middling difficulty.
    """
    quiz = quiz_of(unit)
    if quiz.is_survey:
        return _answer_survey(enrolment.id, unit, at, chance)
    form = form_of(quiz, enrolment.person_id, get_release(unit.release_id).course_id)
    fitting = _fitting(enrolment, unit)
    for number in range(1, quiz.attempts + 1):
        seed = chance.randrange(2**31)
        asked = _asked(quiz, extract(fitting, quiz, seed, form))
        attempt = {"id": new_id(), "enrolment_id": enrolment.id, "unit_id": unit.id, "number": number} | {
            "form": form,
            "seed": seed,
            "question_ids": [question.id for question in asked],
        }
        moment = at + timedelta(hours=(number - 1) * max(quiz.wait_hours, 1))
        chances = [chance_of(question, quiz, skill, number) for question in asked]
        if _write(attempt, quiz, list(zip(asked, chances, strict=True)), moment, chance):
            return True
    return False


def _asked(quiz: Quiz, drawn: Sequence[str]) -> list[Question]:
    return [question for question in quiz.questions if question.is_choice and question.id in drawn]


def _write(
    attempt: dict[str, Any],
    quiz: Quiz,
    asked: Sequence[tuple[Question, float]],
    at: datetime,
    chance: Random,
) -> bool:
    """Write one attempt with its answers; say whether it passed."""
    answers = list(_answers(attempt["id"], asked, at, chance))
    earned = sum((answer["earned"] for answer in answers), Fraction(0))
    pass_mark = Fraction(str(quiz.pass_mark))
    result = {
        "pass_mark": pass_mark,
        "started_at": at - timedelta(minutes=len(answers)),
        "submitted_at": at,
        "earned": earned,
        "possible": len(answers),
        "is_passed": earned >= pass_mark * len(answers),
    }
    db.session.execute(insert(Attempt), [attempt | result])
    db.session.execute(insert(Answer), answers)
    return bool(result["is_passed"])


def _fitting(enrolment: Enrolment, unit: Unit) -> list[str]:
    """Return the questions for the person's sector and the programme's country."""
    programme = get_programme(get_cohort(enrolment.cohort_id).programme_id)
    return draw(get_quiz(unit.id).questions.values(), sector=enrolment.sector, country=programme.country)


def _answers(
    attempt_id: UUID, asked: Sequence[tuple[Question, float]], at: datetime, chance: Random
) -> Iterator[dict[str, Any]]:
    for index, (question, likely) in enumerate(asked):
        right = [option.key for option in question.options if option.is_right]
        is_right = chance.random() < likely
        chosen = right if is_right else wrong_answer(question, chance)
        yield {
            "id": new_id(),
            "attempt_id": attempt_id,
            "question_id": question.id,
            "chosen": chosen,
            "saved_at": at - timedelta(minutes=len(asked) - index),
            "earned": Fraction(chosen == right),
        }


def _answer_survey(enrolment_id: UUID, unit: Unit, at: datetime, chance: Random) -> bool:
    """Write an answered survey, which is finished with that."""
    questions = quiz_of(unit).questions
    attempt_id = new_id()
    attempt = {
        "id": attempt_id,
        "enrolment_id": enrolment_id,
        "unit_id": unit.id,
        "number": 1,
        "seed": chance.randrange(2**31),
        "question_ids": [question.id for question in questions],
        "pass_mark": Fraction(0),
        "started_at": at - timedelta(minutes=4),
        "submitted_at": at,
        "earned": Fraction(0),
        "possible": 0,
        "is_passed": True,
    }
    answers = [
        {
            "id": new_id(),
            "attempt_id": attempt_id,
            "question_id": question.id,
            "chosen": opinion(question, chance),
            "saved_at": at,
            "earned": None,
        }
        for question in questions
    ]
    db.session.execute(insert(Attempt), [attempt])
    db.session.execute(insert(Answer), answers)
    return True
