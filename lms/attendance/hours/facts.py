"""Reads about what people did that may count as hours, for many enrolments in a constant number of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from itertools import groupby
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.attendance.credits import Weighed, list_marked
from lms.attendance.folding import stays
from lms.attendance.hours.rules import MINUTE, Claim, Source, sharing
from lms.attendance.models import AttendanceObservation, Mark, Meeting
from lms.attendance.rules import HERE, REGISTER_OPEN
from lms.core.db import db
from lms.courses.models import Release, Unit
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Enrolment, UnitProgress

HOUR = 60 * MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an enrolment may count, and what it may still earn."""

    programme_id: UUID
    claims: tuple[Claim, ...]
    ahead: tuple[Claim, ...]
    """Sessions that may still be attended and pages that may still be finished, at their best."""
    course_seconds: int
    """Length of the course, as it declares it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """Everything read at once, to be divided among the enrolments."""

    meetings: Mapping[UUID, Sequence[Meeting]]
    marks: Mapping[tuple[UUID, UUID], tuple[Weighed, int]]
    units: Mapping[UUID, Sequence[Any]]
    finished: Mapping[tuple[UUID, UUID], datetime]
    now: datetime


FACTS: Final = (
    Enrolment.id, Cohort.id, Cohort.release_id, Release.hours, Programme.id, Programme.timezone, Cohort.ends_on,
)  # fmt: skip
"""What is read of an enrolment, in this order."""


def facts_of(enrolment_ids: Collection[UUID], now: datetime) -> dict[UUID, Facts]:
    """Return what each enrolment may count, in five queries, and one more where sessions share their time."""
    rows = db.session.execute(
        select(*FACTS)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Release, Release.id == Cohort.release_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .where(Enrolment.id.in_(enrolment_ids))
    ).all()
    return _of_sources(
        rows,
        _Sources(
            meetings=_meetings({row[1] for row in rows}),
            marks=_marks(enrolment_ids),
            units=_units({row[2] for row in rows}),
            finished=_finished(enrolment_ids),
            now=now,
        ),
    )


def facts_with(
    rows: Sequence[Any],
    meetings: Sequence[Meeting],
    marks: Mapping[tuple[UUID, UUID], tuple[Weighed, int]],
    now: datetime,
) -> dict[UUID, Facts]:
    """Return what the people of one cohort may count, whose ``FACTS``, meetings and marks are at hand, in one query.

    It is one more where sessions share their time.
    """
    units, finished = _studied([row[0] for row in rows], {row[2] for row in rows})
    sources = _Sources(
        meetings={row[1]: meetings for row in rows}, marks=marks, units=units, finished=finished, now=now
    )
    return _of_sources(rows, sources)


def _of_sources(rows: Sequence[Any], sources: _Sources) -> dict[UUID, Facts]:
    return _with_stays({row[0]: _facts(row, sources) for row in rows}, sources)


def _studied(
    enrolment_ids: Collection[UUID], release_ids: Collection[UUID]
) -> tuple[dict[UUID, list[Any]], dict[tuple[UUID, UUID], datetime]]:
    """Return the pages of releases that count as time, and when each of these people finished them, in one query."""
    own = UnitProgress
    theirs = (own.unit_id == Unit.id) & own.enrolment_id.in_(enrolment_ids) & own.finished_at.is_not(None)
    units: dict[UUID, dict[UUID, Any]] = {}
    finished: dict[tuple[UUID, UUID], datetime] = {}
    for row in db.session.execute(
        select(Unit.release_id, Unit.id, Unit.title, Unit.minutes, own.enrolment_id, own.finished_at)
        .outerjoin(own, theirs)
        .where(Unit.release_id.in_(release_ids), Unit.minutes > 0)
        .order_by(Unit.position)
    ):
        units.setdefault(row[0], {}).setdefault(row[1], row)
        if row[4] and row[5]:
            finished[row[4], row[1]] = row[5]
    return {key: list(each.values()) for key, each in units.items()}, finished


def _meetings(cohort_ids: Collection[UUID]) -> dict[UUID, list[Meeting]]:
    found: dict[UUID, list[Meeting]] = {}
    for meeting in db.session.scalars(
        select(Meeting)
        .where(Meeting.cohort_id.in_(cohort_ids), Meeting.cancelled_at.is_(None))
        .order_by(Meeting.starts_at, Meeting.id)
    ):
        found.setdefault(meeting.cohort_id, []).append(meeting)
    return found


def _marks(enrolment_ids: Collection[UUID]) -> dict[tuple[UUID, UUID], tuple[Weighed, int]]:
    """Return by (enrolment, meeting) the mark with its worth, and the seconds inside the meeting."""
    return {
        (each.enrolment_id, each.meeting_id): (each.weighed, each.seconds)
        for each in list_marked(enrolment_ids)
    }


def _units(release_ids: Collection[UUID]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in db.session.execute(
        select(Unit.release_id, Unit.id, Unit.title, Unit.minutes)
        .where(Unit.release_id.in_(release_ids), Unit.minutes > 0)
        .order_by(Unit.position)
    ):
        found.setdefault(row[0], []).append(row)
    return found


def _finished(enrolment_ids: Collection[UUID]) -> dict[tuple[UUID, UUID], datetime]:
    rows = db.session.execute(
        select(UnitProgress.enrolment_id, UnitProgress.unit_id, UnitProgress.finished_at).where(
            UnitProgress.enrolment_id.in_(enrolment_ids), UnitProgress.finished_at.is_not(None)
        )
    )
    return {(row[0], row[1]): row[2] for row in rows if row[2]}


def _facts(row: Any, sources: _Sources) -> Facts:
    enrolment_id, cohort_id, release_id, hours, programme_id, timezone, ends_on = row[: len(FACTS)]
    zone = ZoneInfo(timezone)
    is_open = sources.now.astimezone(zone).date() <= ends_on
    claims, ahead = [], []
    for meeting in sources.meetings.get(cohort_id, ()):
        weighed, seconds = sources.marks.get((enrolment_id, meeting.id), (None, 0))
        if weighed or meeting.ends_at < sources.now:
            claims.append(_meeting_claim(meeting, weighed, seconds))
        if _may_change(meeting, weighed, sources.now):
            ahead.append(
                _meeting_claim(meeting, None, int((meeting.ends_at - meeting.starts_at).total_seconds()))
            )
    for unit in sources.units.get(release_id, ()):
        at = sources.finished.get((enrolment_id, unit.id))
        if at:
            claims.append(_unit_claim(unit, at, zone))
        elif is_open:
            ahead.append(_unit_claim(unit, sources.now, zone))
    return Facts(
        programme_id=programme_id,
        claims=tuple(claims),
        ahead=tuple(ahead),
        course_seconds=round(hours * HOUR),
    )


def _may_change(meeting: Meeting, weighed: Weighed | None, now: datetime) -> bool:
    """Say whether attending may still earn more: who is not marked as here, until the register is complete."""
    if weighed is None:
        return now <= meeting.ends_at + REGISTER_OPEN
    return weighed.mark not in HERE and now <= meeting.ends_at


def _meeting_claim(meeting: Meeting, weighed: Weighed | None, seconds: int) -> Claim:
    return Claim(
        source=Source.MEETING,
        key=str(meeting.id),
        title=meeting.title,
        day=meeting.starts_at.astimezone(ZoneInfo(meeting.timezone)).date(),
        at=meeting.starts_at,
        ends_at=meeting.ends_at,
        seconds=seconds,
        credit=weighed.credit if weighed else Fraction(1),
        state=(weighed.label or weighed.mark.value) if weighed else "",
        is_excused=weighed is not None and weighed.mark is Mark.EXCUSED,
    )


def _unit_claim(unit: Any, at: datetime, zone: ZoneInfo) -> Claim:
    return Claim(
        source=Source.UNIT,
        key=str(unit.id),
        title=unit.title,
        day=at.astimezone(zone).date(),
        at=at,
        seconds=unit.minutes * MINUTE,
    )


def _with_stays(found: dict[UUID, Facts], sources: _Sources) -> dict[UUID, Facts]:
    """Return the facts with the exact stays where sessions share their time; elsewhere their length is enough."""
    wanted = {
        (enrolment_id, UUID(claim.key))
        for enrolment_id, facts in found.items()
        for group in sharing([each for each in facts.claims if each.source is Source.MEETING])
        for claim in group
        if claim.seconds
    }
    if not wanted:
        return found
    known = _stays(wanted, {each.id: each for meetings in sources.meetings.values() for each in meetings})
    return {
        key: replace(
            facts,
            claims=tuple(
                replace(claim, stays=known[key, claim.key]) if (key, claim.key) in known else claim
                for claim in facts.claims
            ),
        )
        for key, facts in found.items()
    }


def _stays(
    wanted: Collection[tuple[UUID, UUID]], meetings: Mapping[UUID, Meeting]
) -> dict[tuple[UUID, str], tuple[tuple[datetime, datetime], ...]]:
    row = AttendanceObservation
    rows = db.session.scalars(
        select(row)
        .where(
            row.enrolment_id.in_({each[0] for each in wanted}),
            row.meeting_id.in_({each[1] for each in wanted}),
        )
        .order_by(row.enrolment_id, row.meeting_id, row.id)
    )
    return {
        (key[0], str(key[1])): tuple(stays([each.seen for each in group], meetings[key[1]].terms))
        for key, group in groupby(rows, key=lambda each: (each.enrolment_id, each.meeting_id))
        if key in wanted
    }
