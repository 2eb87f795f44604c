"""What people attended, measured and answered: the facts that attendance and learning are made of."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from statistics import fmean
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.attempts.queries import get_quiz
from lms.assessments.surveys.items import items_of, read_answer
from lms.core.db import db
from lms.courses.compiler.quiz_terms import Moment
from lms.courses.models import Unit, UnitKind
from lms.learning.models import Enrolment
from lms.reports.tallies.outcomes import MILLION


class Asked(StrEnum):
    """What a quiz tells of its people, as far as the figures care."""

    INITIAL = "initial"
    FINAL = "final"
    SURVEY = "survey"
    NOTHING = ""


class Told(NamedTuple):
    """What quizzes tell of an enrolment, in millionths; None is for what they do not tell."""

    initial: int | None = None
    final: int | None = None
    opinion: int | None = None


def told_of(people: Collection[UUID]) -> dict[UUID, Told]:
    """Return what quizzes tell of each enrolment of these people; answers to surveys take a second query."""
    scores: dict[UUID, dict[Asked, int]] = {}
    surveys: dict[UUID, tuple[UUID, UUID]] = {}
    rows = db.session.execute(_attempts(), {"people": list(people)}).all()
    asked = _asked_by({row.unit_id for row in rows})
    for row in rows:
        kind = asked[row.unit_id]
        if kind is Asked.SURVEY:
            surveys[row.id] = (row.enrolment_id, row.unit_id)
        elif kind and row.earned is not None and row.possible > 0:
            share = round(row.earned * MILLION / row.possible)
            scores.setdefault(row.enrolment_id, {}).setdefault(kind, share)
    opinions = _opinions(surveys)
    return {
        each: Told(
            scores.get(each, {}).get(Asked.INITIAL), scores.get(each, {}).get(Asked.FINAL), opinions.get(each)
        )
        for each in {*scores, *opinions}
    }


@lru_cache(maxsize=1)
def _attempts() -> Select[*tuple[Any, ...]]:
    """Return what was handed in, the first one first."""
    return (
        select(Attempt.id, Attempt.enrolment_id, Attempt.unit_id, Attempt.earned, Attempt.possible)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(
            Enrolment.person_id.in_(bindparam("people", expanding=True)), Attempt.submitted_at.is_not(None)
        )
        .order_by(Attempt.submitted_at, Attempt.id)
    )


_known: dict[UUID, Asked] = {}


def _asked_by(units: Collection[UUID]) -> Mapping[UUID, Asked]:
    """Return what each quiz asks; a released unit never changes, so it is read once in a process."""
    missing = [each for each in units if each not in _known]
    if missing:
        moment, is_survey = Unit.body["moment"].as_string(), Unit.body["is_survey"].as_boolean()
        statement = select(Unit.id, moment, is_survey).where(Unit.id.in_(missing), Unit.kind == UnitKind.QUIZ)
        found = {row[0]: _asked(row[1], row[2]) for row in db.session.execute(statement)}
        # At once: another thread must find no quiz here that is not read yet.
        _known.update({each: found.get(each, Asked.NOTHING) for each in missing})
    return _known


def _asked(moment: str | None, is_survey: bool | None) -> Asked:  # noqa: FBT001  # as the column says
    """Return what a quiz asks: what the follow-up asks months later is no part of the course."""
    if is_survey:
        return Asked.NOTHING if moment == Moment.FOLLOW_UP else Asked.SURVEY
    return {Moment.INITIAL: Asked.INITIAL, Moment.FINAL: Asked.FINAL}.get(Moment(moment or ""), Asked.NOTHING)


def _opinions(surveys: Mapping[UUID, tuple[UUID, UUID]]) -> dict[UUID, int]:
    """Return what each enrolment answered in the mean to all scales of these surveys, given by their attempts."""
    if not surveys:
        return {}
    said: dict[UUID, list[float]] = {}
    statement = select(Answer.attempt_id, Answer.question_id, Answer.chosen)
    for attempt_id, question_id, chosen in db.session.execute(
        statement.where(Answer.attempt_id.in_(surveys))
    ):
        enrolment_id, unit_id = surveys[attempt_id]
        said.setdefault(enrolment_id, []).extend(_values(unit_id, question_id, chosen))
    return {each: round(fmean(values) * MILLION) for each, values in said.items() if values}


def _values(unit_id: UUID, question_id: str, chosen: Sequence[str]) -> Iterator[float]:
    """Give the point of each answered scale, from 0 for the lowest to 1 for the highest."""
    config = get_quiz(unit_id).questions.get(question_id)
    points = _points(unit_id)
    for part, keys in (read_answer(config, chosen) if config else {}).items():
        value = points.get((*part, keys[0])) if keys else None
        if value is not None:
            yield value


@lru_cache(maxsize=128)
def _points(unit_id: UUID) -> Mapping[tuple[str, str, str], float]:
    """Return what each choice of a scale is worth: which never changes, as the released unit."""
    return {
        (item.question_id, item.part, choice.key): (choice.point - 1) / (item.points - 1)
        for item in items_of(list(get_quiz(unit_id).questions.values()))
        for choice in item.choices
        if choice.point is not None and item.points > 1
    }
