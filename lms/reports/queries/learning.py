"""What people of a period attended, learned and said of the course, added up where they were enrolled.

Each person counts once, by the enrolment that counts in the table of progress: the one that is complete on the last
day of the period, else the latest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Subquery, and_, cast, func, select

from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.attempts.queries import get_quiz
from lms.assessments.surveys.items import items_of, read_answer
from lms.attendance.hours.models import HoursLedger
from lms.attendance.models import Attendance, Meeting
from lms.attendance.rules import HERE
from lms.core.db import db
from lms.courses.compiler.quiz_terms import Moment
from lms.courses.models import Unit, UnitKind
from lms.courses.queries import list_outline
from lms.institutions.directory.models import Institution
from lms.learning.models import Cohort, Completion, Enrolment
from lms.reports.queries.completion import day_bounds
from lms.reports.tallies.queries import counts_in

SUMS: Final = ("attended", "seconds", "closed", "credited", "before", "both", "gain", "answered", "opinion")
Spot = tuple[str, str]
"""Path of an institution, and a sector that is empty for none."""


@dataclass(slots=True)
class Learned:
    """What the people of one institution and sector did, added up."""

    attended: int = 0
    """Who was at a meeting at least."""
    seconds: int = 0
    """How long they were at meetings, all together."""
    closed: int = 0
    """Who completed the course by then, so that their hours are closed."""
    credited: int = 0
    """The minutes of all those hours, as the policy that held credits them."""
    before: int = 0
    """Who has a result of the initial measure."""
    both: int = 0
    """Who has one of the final measure too."""
    gain: float = 0.0
    """Sum of the differences of those, as shares of the points."""
    answered: int = 0
    """Who answered a scale of the survey of the course."""
    opinion: float = 0.0
    """Sum of what each of them answered in the mean, from 0 for the lowest point of a scale to 1 for the highest."""


def read_learned(programme_id: UUID, first: date, last: date, zone: ZoneInfo) -> Mapping[Spot, Learned]:
    """Return the sums of a period, in four queries and one for each survey of a release."""
    found: dict[Spot, Learned] = defaultdict(Learned)
    people = _chosen(programme_id, first, last, zone)
    for path, sector, count, seconds in _attended(people):
        found[path, sector].attended, found[path, sector].seconds = count, seconds
    for path, sector, count, minutes in _credited(people, last):
        found[path, sector].closed, found[path, sector].credited = count, minutes
    for path, sector, scores in _measured(people):
        group = found[path, sector]
        group.before += Moment.INITIAL in scores
        if Moment.INITIAL in scores and Moment.FINAL in scores:
            group.both += 1
            group.gain += scores[Moment.FINAL] - scores[Moment.INITIAL]
    for path, sector, opinion in _opinions(programme_id, people):
        found[path, sector].answered += 1
        found[path, sector].opinion += opinion
    return found


def _chosen(programme_id: UUID, first: date, last: date, zone: ZoneInfo) -> Subquery:
    """Return the enrolments that count, one for each person, with where they count."""
    beginning, after = day_bounds(first, last, zone)
    is_complete = and_(Completion.enrolment_id == Enrolment.id, Completion.completed_on <= last)
    turn = func.row_number().over(
        partition_by=Enrolment.person_id,
        order_by=(Completion.completed_on.is_(None), Enrolment.enrolled_at.desc(), Enrolment.id.desc()),
    )
    ranked = (
        select(
            Enrolment.id,
            Institution.path,
            func.coalesce(Enrolment.sector, "").label("sector"),
            turn.label("turn"),
        )
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .outerjoin(Completion, is_complete)
        .where(
            *counts_in(programme_id), Enrolment.enrolled_at >= beginning, Enrolment.enrolled_at < after
        )
        .subquery()
    )  # fmt: skip
    return select(ranked.c.id, ranked.c.path, ranked.c.sector).where(ranked.c.turn == 1).subquery()


def _attended(people: Subquery) -> Sequence[Any]:
    """Return how many of each spot were at a meeting that took place, and the seconds of all of them."""
    there = (
        select(Attendance.enrolment_id, func.sum(Attendance.seconds).label("seconds"))
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Attendance.mark.in_(HERE), Meeting.cancelled_at.is_(None))
        .group_by(Attendance.enrolment_id)
        .subquery()
    )
    seconds = cast(func.sum(there.c.seconds), BigInteger)  # PostgreSQL sums whole numbers into decimal ones
    statement = select(people.c.path, people.c.sector, func.count(), seconds).join(
        there, there.c.enrolment_id == people.c.id
    )
    return db.session.execute(statement.group_by(people.c.path, people.c.sector)).all()


def _credited(people: Subquery, last: date) -> Sequence[Any]:
    """Return how many of each spot had completed by a day, and the minutes that were closed with it.

    Minutes are cut once for each person, as on their certificate, so the sum is that of the certificates.
    """
    minutes = cast(func.sum(HoursLedger.minutes), BigInteger)
    statement = (
        select(people.c.path, people.c.sector, func.count(), minutes)
        .join(Completion, and_(Completion.enrolment_id == people.c.id, Completion.completed_on <= last))
        .join(HoursLedger, HoursLedger.enrolment_id == people.c.id)
    )
    return db.session.execute(statement.group_by(people.c.path, people.c.sector)).all()


def _measured(people: Subquery) -> Iterator[tuple[str, str, Mapping[str, float]]]:
    """Give for each measured person the first graded result of each measure, as a share of the points.

    A second try would flatter the course, because the initial measure allows none.
    """
    moment = Unit.body["moment"].as_string()
    statement = (
        select(people.c.id, people.c.path, people.c.sector, moment, Attempt.earned, Attempt.possible)
        .join(Attempt, Attempt.enrolment_id == people.c.id)
        .join(Unit, Unit.id == Attempt.unit_id)
        .where(
            Unit.kind == UnitKind.QUIZ,
            moment.in_((Moment.INITIAL, Moment.FINAL)),
            Attempt.submitted_at.is_not(None),
            Attempt.earned.is_not(None),
            Attempt.possible > 0,
        )
        .order_by(Attempt.submitted_at, Attempt.id)
    )
    scores: dict[UUID, tuple[str, str, dict[str, float]]] = {}
    for enrolment_id, path, sector, when, earned, possible in db.session.execute(statement):
        known = scores.setdefault(enrolment_id, (path, sector, {}))
        known[2].setdefault(when, float(earned / possible) if earned is not None else 0.0)
    yield from scores.values()


def _opinions(programme_id: UUID, people: Subquery) -> Iterator[tuple[str, str, float]]:
    """Give for each person what they answered in the mean to the scales of their course's surveys, from 0 to 1."""
    releases = db.session.scalars(
        select(Cohort.release_id).where(Cohort.programme_id == programme_id).distinct()
    )
    said: dict[UUID, tuple[str, str, list[float]]] = {}
    for unit_id in _surveys(releases):
        questions = get_quiz(unit_id).questions
        points = {
            (item.question_id, item.part, choice.key): (choice.point - 1) / (item.points - 1)
            for item in items_of(list(questions.values()))
            for choice in item.choices
            if choice.point is not None and item.points > 1
        }
        for enrolment_id, path, sector, question_id, chosen in _answers(people, unit_id):
            given = read_answer(questions[question_id], chosen) if question_id in questions else {}
            values = [points.get((*part, keys[0])) for part, keys in given.items() if keys]
            known = [value for value in values if value is not None]
            if known:
                said.setdefault(enrolment_id, (path, sector, []))[2].extend(known)
    for path, sector, values_said in said.values():
        yield path, sector, fmean(values_said)


def _surveys(releases: Iterable[UUID]) -> Iterator[UUID]:
    """Give the surveys on the route of some releases; those of the follow-up ask something else."""
    for release_id in releases:
        for module in list_outline(release_id):
            for unit in module.units:
                if unit.kind is UnitKind.QUIZ and get_quiz(unit.id).quiz.is_survey:
                    yield unit.id


def _answers(people: Subquery, unit_id: UUID) -> Sequence[Any]:
    statement = (
        select(people.c.id, people.c.path, people.c.sector, Answer.question_id, Answer.chosen)
        .join(Attempt, Attempt.enrolment_id == people.c.id)
        .join(Answer, Answer.attempt_id == Attempt.id)
        .where(Attempt.unit_id == unit_id, Attempt.submitted_at.is_not(None))
    )
    return db.session.execute(statement).all()
