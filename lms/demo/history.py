"""A plausible past for each participant: how far they came, what they answered and decided, when they attended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from lms.attendance.folding import fold
from lms.attendance.models import Attendance, AttendanceObservation, Mark, Meeting, Method
from lms.attendance.rules import Device, Kind
from lms.core.db import db
from lms.core.ids import new_id
from lms.courses.models import Unit, UnitKind
from lms.demo.decisions import play_simulation
from lms.demo.plans import write_plan
from lms.demo.quizzes import take_quiz
from lms.learning.models import Enrolment, UnitProgress


@dataclass(frozen=True, slots=True)
class Pace:
    """How one person went through the course."""

    share: float
    """Fraction of the units they finished, in [0, 1]."""
    skill: float
    """Chance of the right answer to a question."""
    presence: float
    """Chance of attending a session."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a person studied."""

    start: datetime
    end: datetime
    running_now: datetime | None = None
    """The instant of loading, while the cohort still runs."""

    def moment(self, share: float) -> datetime:
        """Return the instant at a fraction of the span."""
        return self.start + (self.end - self.start) * share


def draw_pace(chance: Random, diligence: float, *, is_over: bool) -> Pace:
    """Return a pace: most people finish, some stop on the way, a few never begin."""
    luck = chance.random()
    if luck > 0.93 + 0.05 * diligence:
        return Pace(0.0, 0.8, 0.2)
    if luck < 0.35 + 0.55 * diligence:
        share = 1.0 if is_over else min(1.0, chance.uniform(0.45, 1.25))
        return Pace(share, min(0.98, max(0.8, chance.gauss(0.92, 0.05))), 0.96)
    return Pace(chance.uniform(0.05, 0.8), chance.uniform(0.7, 0.9), chance.uniform(0.5, 0.85))


def write_progress(
    enrolment: Enrolment, units: Sequence[Unit], pace: Pace, span: Span, chance: Random
) -> None:
    """Write units seen and finished, quizzes taken, and where the person left."""
    done = round(pace.share * len(units))
    if not done:
        return
    enrolment.started_at = span.start
    rows: list[dict[str, Any]] = []
    for index, unit in enumerate(units[:done]):
        at = span.moment((index + 1) / len(units))
        passed = _finish(enrolment, unit, pace, span, at=at, chance=chance)
        rows.append(_progress(enrolment.id, unit.id, at, finished=passed))
        enrolment.last_unit_id = unit.id
    if done < len(units):
        enrolment.last_unit_id = units[done].id
        rows.append(
            _progress(enrolment.id, units[done].id, span.moment((done + 1) / len(units)), finished=False)
        )
    db.session.execute(insert(UnitProgress), rows)


def _finish(
    enrolment: Enrolment, unit: Unit, pace: Pace, span: Span, *, at: datetime, chance: Random
) -> bool:
    """Write what the person did in a unit; say whether it counts as finished."""
    match unit.kind:
        case UnitKind.QUIZ if unit.body.get("is_plan"):
            return write_plan(enrolment.id, unit, at, chance, running_now=span.running_now)
        case UnitKind.QUIZ:
            return take_quiz(enrolment, unit, at, skill=pace.skill, chance=chance)
        case UnitKind.SIMULATION:
            return play_simulation(enrolment.id, unit, skill=pace.skill, at=at, chance=chance)
        case UnitKind.LESSON:
            return True


def _progress(enrolment_id: UUID, unit_id: UUID, at: datetime, *, finished: bool) -> dict[str, Any]:
    return {
        "id": new_id(),
        "enrolment_id": enrolment_id,
        "unit_id": unit_id,
        "seen_at": at - timedelta(minutes=12),
        "finished_at": at if finished else None,
    }


def write_attendance(
    enrolment: Enrolment, meetings: Sequence[Meeting], pace: Pace, now: datetime, chance: Random
) -> None:
    """Write the marks of the sessions that are over."""
    seen = [_observe(enrolment, meeting, pace, chance) for meeting in meetings if meeting.ends_at < now]
    if seen:
        db.session.add_all(seen)
        db.session.flush()
        over = [meeting for meeting in meetings if meeting.ends_at < now]
        db.session.add_all(_mark(meeting, each) for meeting, each in zip(over, seen, strict=True))


def _observe(enrolment: Enrolment, meeting: Meeting, pace: Pace, chance: Random) -> AttendanceObservation:
    luck = chance.random()
    mark = Mark.PRESENT if luck < pace.presence * 0.9 else Mark.LATE if luck < pace.presence else Mark.ABSENT
    if mark is Mark.ABSENT and chance.random() < 0.3:
        mark = Mark.EXCUSED
    minutes = chance.randrange(-12, 12) if mark is Mark.PRESENT else 25
    by_scan = mark in {Mark.PRESENT, Mark.LATE} and chance.random() < 0.8
    at = meeting.starts_at + timedelta(minutes=minutes)
    return AttendanceObservation(
        meeting_id=meeting.id,
        enrolment_id=enrolment.id,
        kind=Kind.ENTRY if by_scan else Kind.VERDICT,
        state="" if by_scan else mark.value,
        role=None if by_scan else mark,
        method=(Method.QR if by_scan else Method.ROLL_CALL).value,
        actor_id=enrolment.person_id if by_scan else None,
        happened_at=at,
        recorded_at=at,
        device=Device.PHONE if by_scan else Device.COMPUTER,
        origin=f"{'check-in' if by_scan else 'roll-call'}:{enrolment.id}",
        note="",
    )


def _mark(meeting: Meeting, seen: AttendanceObservation) -> Attendance:
    folded = fold([seen.seen], meeting.terms)
    mark = folded.mark if folded else Mark.ABSENT
    return Attendance(
        id=new_id(),
        meeting_id=meeting.id,
        enrolment_id=seen.enrolment_id,
        mark=mark,
        state=mark.value,
        seconds=folded.seconds if folded else 0,
        method=seen.method,
        recorded_at=seen.recorded_at,
        recorded_by=seen.actor_id,
        checked_in_at=folded.checked_in_at if folded else None,
        note="",
    )
