"""Attendance and learning of a period counted anew by SQL, beside the rule that keeps them: a second opinion."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, select

from lms.assessments.attempts.models import Attempt
from lms.attendance.hours.models import HoursLedger
from lms.attendance.models import Attendance, Meeting
from lms.attendance.rules import HERE
from lms.core.db import db
from lms.courses.models import Unit
from lms.learning.models import Cohort, Completion, Enrolment
from lms.reports.tallies.queries import counts_in
from lms.reports.tallies.rules import bounds_of

COUNTS = ("attended", "seconds", "closed", "credited", "before", "both", "answered")


def learned_by_sql(programme, period):
    """Return the counts of a period by institution and sector, without those that are zero."""
    people, last = _chosen(programme, period)
    found = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    for enrolment_id, place, sector in db.session.execute(select(people)):
        sums = found[place, sector]
        marks = db.session.scalars(
            select(Attendance.seconds).join(Meeting).where(
                Attendance.enrolment_id == enrolment_id, Attendance.mark.in_(HERE), Meeting.cancelled_at.is_(None)
            )
        ).all()  # fmt: skip
        sums["attended"] += bool(marks)
        sums["seconds"] += sum(marks)
        minutes = db.session.scalar(
            select(HoursLedger.minutes)
            .join(Completion, Completion.enrolment_id == HoursLedger.enrolment_id)
            .where(HoursLedger.enrolment_id == enrolment_id, Completion.completed_on <= last)
        )
        sums["closed"] += minutes is not None
        sums["credited"] += minutes or 0
        moments = _moments(enrolment_id)
        sums["before"] += "initial" in moments
        sums["both"] += {"initial", "final"} <= moments
        sums["answered"] += "survey" in moments
    return {spot: sums for spot, sums in found.items() if any(sums.values())}


def _moments(enrolment_id):
    """Return the measures that have a result, and whether a survey was handed in."""
    moment, is_survey = Unit.body["moment"].as_string(), Unit.body["is_survey"].as_boolean()
    rows = db.session.execute(
        select(moment, is_survey, Attempt.earned)
        .join(Attempt, Attempt.unit_id == Unit.id)
        .where(Attempt.enrolment_id == enrolment_id, Attempt.submitted_at.is_not(None))
    ).all()
    return {"survey" if is_one else name for name, is_one, earned in rows if is_one or earned is not None}


def _chosen(programme, period):
    first, last = bounds_of(period)
    zone = ZoneInfo(programme.timezone)
    begins, after = (datetime.combine(day, time.min, zone) for day in (first, last + timedelta(days=1)))
    is_complete = and_(Completion.enrolment_id == Enrolment.id, Completion.completed_on <= last)
    turn = func.row_number().over(
        partition_by=Enrolment.person_id,
        order_by=(Completion.completed_on.is_(None), Enrolment.enrolled_at.desc(), Enrolment.id.desc()),
    )
    ranked = (
        select(Enrolment.id, Enrolment.institution_id, func.coalesce(Enrolment.sector, "").label("sector"),
               turn.label("turn"))
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(Completion, is_complete)
        .where(*counts_in(programme.id), Enrolment.enrolled_at >= begins, Enrolment.enrolled_at < after)
        .subquery()
    )  # fmt: skip
    people = (
        select(ranked.c.id, ranked.c.institution_id, ranked.c.sector).where(ranked.c.turn == 1).subquery()
    )
    return people, last
