"""What can be done with meetings and marks; the only writer of their tables. Every verb may be asked twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from lms.attendance import codes, queries, rules
from lms.attendance.errors import CodeRefused, EntryOverruled, MeetingCancelled, MeetingHeld, NotEnrolled
from lms.attendance.messages import (
    AttendanceCorrected,
    AttendanceRecorded,
    MeetingCalledOff,
    MeetingChanged,
    MeetingPlanned,
    TellMeetingCalledOff,
    TellMeetingChanged,
)
from lms.attendance.models import Attendance, Meeting
from lms.attendance.rules import HERE, Mark, Method
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id, new_token
from lms.core.jobs.orders import enqueue
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.queries import outcomes_of
from lms.learning.service import review_completion
from lms.plugins.criteria import State

TOLD = frozenset({"starts_at", "ends_at", "venue"})
"""A change of these is told to everybody enrolled: they would go to the wrong place or at the wrong time."""
WEIGHED = frozenset({"is_mandatory"})
"""A change of these may complete somebody's course."""


class MeetingValues(TypedDict):
    """What whoever keeps the register says about a meeting."""

    title: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    facilitator: str
    opens_minutes_before: int
    late_after_minutes: int
    is_mandatory: bool


def create_meeting(
    cohort: Cohort, *, actor: Actor, now: datetime, **values: Unpack[MeetingValues]
) -> Meeting:
    """Plan a meeting of a cohort, with a secret of its own for the codes; raises EndRefused."""
    rules.check_span(values["starts_at"], values["ends_at"])
    meeting = Meeting(id=new_id(), cohort_id=cohort.id, secret=new_token(), **values)
    db.session.add(meeting)
    db.session.flush()
    publish(
        MeetingPlanned(
            at=now, actor=actor, subject_id=meeting.id, cohort_id=cohort.id, title=meeting.title,
            starts_at=meeting.starts_at,
        )
    )  # fmt: skip
    return meeting


def change_meeting(
    meeting: Meeting, *, actor: Actor, now: datetime, **values: Unpack[MeetingValues]
) -> frozenset[str]:
    """Change a meeting and tell people when they must know; return what changed.

    Raises EndRefused, and MeetingCancelled for one that does not take place.
    """
    if meeting.cancelled_at:
        raise MeetingCancelled
    rules.check_span(values["starts_at"], values["ends_at"])
    changed = frozenset(name for name, value in values.items() if getattr(meeting, name) != value)
    for name in changed:
        setattr(meeting, name, values[name])  # type: ignore[literal-required]  # names come from values itself
    if not changed:
        return changed
    fields = tuple(sorted(changed))
    publish(
        MeetingChanged(at=now, actor=actor, subject_id=meeting.id, cohort_id=meeting.cohort_id, fields=fields)
    )
    if is_told(changed, meeting, now):
        order = TellMeetingChanged(meeting_id=str(meeting.id), revision=f"{now:%Y%m%d%H%M%S%f}")
        enqueue(order, now=now, key=f"{order.code}:{order.meeting_id}:{order.revision}")
    if changed & WEIGHED:
        _review(queries.enrolments_of(meeting.cohort_id).values(), actor=actor, now=now)
    return changed


def is_told(changed: frozenset[str], meeting: Meeting, now: datetime) -> bool:
    """Say whether people are written to about a change: of when or where, while the meeting is not over."""
    return bool(changed & TOLD) and meeting.ends_at > now


def cancel_meeting(meeting: Meeting, *, actor: Actor, now: datetime) -> None:
    """Call a meeting off: it counts for nobody, and people are told unless it is over.

    Raises MeetingHeld when there are marks.
    """
    if meeting.cancelled_at:
        return
    if queries.has_marks(meeting.id):
        raise MeetingHeld
    meeting.cancelled_at = now
    publish(
        MeetingCalledOff(
            at=now, actor=actor, subject_id=meeting.id, cohort_id=meeting.cohort_id, title=meeting.title
        )
    )
    if meeting.ends_at > now:
        order = TellMeetingCalledOff(meeting_id=str(meeting.id))
        enqueue(order, now=now, key=f"{order.code}:{order.meeting_id}")
    _review(queries.enrolments_of(meeting.cohort_id).values(), actor=actor, now=now)


def weigh_check_in(meeting: Meeting, enrolment: Enrolment | None, *, at: datetime) -> Mark:
    """Return the mark that a check-in read at this moment earns.

    Raises NotEnrolled, MeetingCancelled, CheckInNotOpen and CheckInClosed.
    """
    _participant(meeting, enrolment)
    if meeting.cancelled_at:
        raise MeetingCancelled
    return rules.mark_at(meeting.window, at)


def check_in(
    meeting: Meeting,
    enrolment: Enrolment | None,
    *,
    code: str,
    method: Method,
    actor: Actor,
    now: datetime,
    scanned_at: datetime | None = None,
) -> Attendance:
    """Mark a person at a meeting by the code they read in the room; asking again changes nothing.

    ``scanned_at`` is when the code was read, if that was not now: the time counts from there. A mark that says
    the person was not there gives way, unless it corrects an earlier check-in of theirs (EntryOverruled).
    Raises CodeRefused and everything that ``weigh_check_in`` does.
    """
    own, read_at = _participant(meeting, enrolment), scanned_at or now
    known = queries.find_attendance(meeting.id, own.id)
    if known and known.checked_in_at and known.mark is Mark.ABSENT:
        raise EntryOverruled
    if known and (known.checked_in_at or known.mark in HERE):
        return known
    rules.check_scan(read_at, now)
    if not codes.matches(meeting.secret, meeting.id, code, read_at):
        raise CodeRefused
    entry = _Entry(mark=weigh_check_in(meeting, own, at=read_at), method=method, checked_in_at=read_at)
    record = _record(meeting, own, entry, known=known, actor=actor, now=now)
    review_completion(own, actor=actor, now=now)
    return record


def mark(
    meeting: Meeting,
    enrolment: Enrolment,
    *,
    mark: Mark,
    method: Method,
    actor: Actor,
    now: datetime,
    note: str = "",
) -> Attendance:
    """Give a person a mark, or correct the one they have; the same mark and note again change nothing.

    Raises NotEnrolled, MeetingCancelled and RollTooEarly.
    """
    own = _participant(meeting, enrolment)
    if meeting.cancelled_at:
        raise MeetingCancelled
    known = queries.find_attendance(meeting.id, own.id)
    if known and (known.mark, known.note) == (mark, note):
        return known
    rules.check_roll(meeting.window, mark, now)
    entry = _Entry(mark=mark, method=method, note=note)
    record = _record(meeting, own, entry, known=known, actor=actor, now=now)
    review_completion(own, actor=actor, now=now)
    return record


@dataclass(frozen=True, slots=True, kw_only=True)
class RollEntry:
    """What a roll call says about one person."""

    enrolment: Enrolment
    mark: Mark
    note: str = ""
    seen: Mark | None = None
    """The mark that the page showed when it was opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollResult:
    """What became of a roll call."""

    saved: int
    """Marks that were given or corrected."""
    kept: int
    """Marks that somebody gave while the page was open; they were left alone."""


def call_roll(meeting: Meeting, entries: Sequence[RollEntry], *, actor: Actor, now: datetime) -> RollResult:
    """Save the marks of a whole meeting at once; what is as it was changes nothing.

    A mark that changed while the page was open, such as a check-in, is not overwritten by what the page did
    not know. Raises NotEnrolled, MeetingCancelled and RollTooEarly before anything is written.
    """
    if meeting.cancelled_at:
        raise MeetingCancelled
    known = queries.attendances_at(meeting.id)
    fresh, kept = [], 0
    for entry in entries:
        record = known.get(_participant(meeting, entry.enrolment).id)
        if record and (record.mark, record.note) == (entry.mark, entry.note):
            continue
        if record and record.mark is not entry.seen:
            kept += 1
            continue
        rules.check_roll(meeting.window, entry.mark, now)
        fresh.append((entry, record))
    for entry, record in fresh:
        given = _Entry(mark=entry.mark, method=Method.ROLL_CALL, note=entry.note)
        _record(meeting, entry.enrolment, given, known=record, actor=actor, now=now)
    if fresh:
        _review([entry.enrolment for entry, _record_ in fresh], actor=actor, now=now)
    return RollResult(saved=len(fresh), kept=kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    mark: Mark
    method: Method
    note: str = ""
    checked_in_at: datetime | None = None


def _participant(meeting: Meeting, enrolment: Enrolment | None) -> Enrolment:
    """Return the enrolment if it counts in the meeting's cohort; raises NotEnrolled."""
    is_active = enrolment is not None and enrolment.state is EnrolmentState.ACTIVE
    if enrolment is None or not is_active or enrolment.cohort_id != meeting.cohort_id:
        raise NotEnrolled
    return enrolment


def _record(
    meeting: Meeting,
    enrolment: Enrolment,
    entry: _Entry,
    *,
    known: Attendance | None,
    actor: Actor,
    now: datetime,
) -> Attendance:
    before = known.mark if known else None
    record = known or Attendance(id=new_id(), meeting_id=meeting.id, enrolment_id=enrolment.id)
    record.mark, record.method, record.note = entry.mark, entry.method, entry.note
    record.recorded_at, record.recorded_by = now, actor.person_id
    record.checked_in_at = entry.checked_in_at or record.checked_in_at
    db.session.add(record)
    db.session.flush()
    after, method = entry.mark.value, entry.method.value
    if before is None:
        recorded = AttendanceRecorded(
            at=now, actor=actor, subject_id=meeting.id, enrolment_id=enrolment.id, mark=after, method=method
        )
        publish(recorded)
    else:
        corrected = AttendanceCorrected(
            at=now, actor=actor, subject_id=meeting.id, enrolment_id=enrolment.id, before=before.value,
            after=after, method=method,
        )  # fmt: skip
        publish(corrected)
    return record


def _review(enrolments: Iterable[Enrolment], *, actor: Actor, now: datetime) -> None:
    """Complete whoever meets everything now; a constant number of queries beside those who do."""
    by_id = {enrolment.id: enrolment for enrolment in enrolments}
    db.session.flush()
    for key, outcome in outcomes_of(list(by_id)).items():
        if outcome.state is State.MET:
            review_completion(by_id[key], actor=actor, now=now)
