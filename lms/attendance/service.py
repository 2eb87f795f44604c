"""What can be done with meetings and marks; the only writer of their tables. Every verb may be asked twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from lms.attendance import queries, recording, rules
from lms.attendance.credits import minimum_share_of
from lms.attendance.errors import EntryOverruled, MeetingCancelled, MeetingHeld, NotInside
from lms.attendance.messages import (
    MeetingCalledOff,
    MeetingChanged,
    MeetingPlanned,
    TellMeetingCalledOff,
    TellMeetingChanged,
)
from lms.attendance.models import Attendance, Meeting
from lms.attendance.reading import Reading, door_origin, read_code, reader_of
from lms.attendance.recording import Observed, Sighting
from lms.attendance.rules import HERE, Device, Kind, Mark, Method, PlaceKind
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id, new_token
from lms.core.jobs.orders import enqueue
from lms.institutions.programmes.queries import get_programme
from lms.learning.models import Cohort, Enrolment
from lms.learning.queries import meeting_everything
from lms.learning.service import review_completion

TOLD = frozenset({"starts_at", "ends_at", "place", "venue", "room", "link", "timezone"})
"""A change of these is told to everybody enrolled: they would go to the wrong place or at the wrong time."""
WEIGHED = frozenset({"is_mandatory"})
"""A change of these may complete somebody's course."""
TIMES = frozenset({"starts_at", "ends_at", "late_after_minutes"})
"""A change of these makes other marks of what was observed."""


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
    timezone: NotRequired[str]
    """Zone of the venue; a new meeting takes the programme's."""
    room: NotRequired[str]
    link: NotRequired[str]
    """Where a meeting is joined that is online, in part or whole; https."""
    place: NotRequired[PlaceKind]
    records_exit: NotRequired[bool]


def create_meeting(
    cohort: Cohort,
    *,
    series_id: UUID | None = None,
    minimum_share: Fraction | None = None,
    actor: Actor,
    now: datetime,
    **values: Unpack[MeetingValues],
) -> Meeting:
    """Plan a meeting of a cohort, with a secret of its own for the codes; raises EndRefused.

    ``minimum_share`` is the part of its time below which somebody left early: the programme's unless given, and
    never changed afterwards.
    """
    rules.check_span(values["starts_at"], values["ends_at"])
    values.setdefault("timezone", get_programme(cohort.programme_id).timezone)
    meeting = Meeting(
        id=new_id(),
        cohort_id=cohort.id,
        secret=new_token(),
        series_id=series_id,
        minimum_share=minimum_share_of(cohort.programme_id) if minimum_share is None else minimum_share,
        **values,
    )
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
    if changed & TIMES:
        db.session.flush()
        recording.fold_again(meeting, actor=actor, now=now)
    if changed & (WEIGHED | TIMES):
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
    recording.participant(meeting, enrolment)
    if meeting.cancelled_at:
        raise MeetingCancelled
    return rules.mark_at(meeting.window, at)


class SightingValues(TypedDict):
    """What ``observe`` is told; each means what it does in ``Sighting``."""

    kind: Kind
    method: str
    happened_at: datetime
    device: Device
    origin: str
    state: NotRequired[str]
    note: NotRequired[str]
    stay: NotRequired[str]
    browser: NotRequired[str]


def observe(
    meeting: Meeting, enrolment: Enrolment, *, actor: Actor, now: datetime, **values: Unpack[SightingValues]
) -> Attendance | None:
    """Note that a person came, left, or how they attended, and return the mark that follows from everything noted.

    The same ``origin`` at the same meeting again changes nothing. ``state`` is for verdicts: a code of the
    programme, or a ``Mark``. Times outside the meeting are noted too, count for nothing and are listed for a person
    to judge. None is returned while nothing but an exit is known.
    Raises NotEnrolled, MeetingCancelled, MethodUnknown, StateUnknown and RollTooEarly.
    """
    sighting = Sighting(enrolment=enrolment, **values)
    return observe_all(meeting, [sighting], actor=actor, now=now).marks.get(enrolment.id)


def observe_all(meeting: Meeting, sightings: Sequence[Sighting], *, actor: Actor, now: datetime) -> Observed:
    """Do for many what ``observe`` does for one, in a constant number of queries.

    Everything is noted or, when one of them is refused, nothing; whoever asks leaves out people who are not
    enrolled any more.
    """
    observed = recording.record(meeting, sightings, actor=actor, now=now)
    people = {each.enrolment.id: each.enrolment for each in sightings}
    _review([people[key] for key in observed.changed], actor=actor, now=now)
    return observed


def check_in(
    meeting: Meeting,
    enrolment: Enrolment | None,
    *,
    code: str,
    method: str,
    actor: Actor,
    now: datetime,
    **reading: Unpack[Reading],
) -> Attendance:
    """Mark a person at a meeting by the code they read in the room; asking again changes nothing.

    ``scanned_at`` is when the code was read, if that was not now: the time counts from there. A mark that says
    the person was not there gives way, unless it corrects an earlier check-in of theirs (EntryOverruled).
    Raises CodeRefused and everything that ``weigh_check_in`` does.
    """
    own = recording.participant(meeting, enrolment)
    known = queries.find_attendance(meeting.id, own.id)
    if known and known.checked_in_at and known.mark is Mark.ABSENT:
        raise EntryOverruled
    doors = queries.list_doors(meeting.id, own.id) if meeting.records_exit and known else []
    has_left = bool(doors) and doors[-1] is Kind.EXIT
    if known and not has_left and (known.checked_in_at or known.mark in HERE):
        return known
    read_at = read_code(meeting, code, reading, now)
    weigh_check_in(meeting, own, at=read_at)
    entered = observe(
        meeting, own, kind=Kind.ENTRY, method=method, happened_at=read_at,
        origin=door_origin("check-in", own, doors), actor=actor, now=now, **reader_of(reading),
    )  # fmt: skip
    if entered is None:
        raise EntryOverruled
    return entered


def check_out(
    meeting: Meeting,
    enrolment: Enrolment | None,
    *,
    code: str,
    method: str,
    actor: Actor,
    now: datetime,
    **reading: Unpack[Reading],
) -> Attendance:
    """Note by the code in the room that a person leaves before the end; asking again changes nothing.

    Whoever stays need not: without an exit they were there to the end.
    Raises NotInside and everything that ``check_in`` does.
    """
    own = recording.participant(meeting, enrolment)
    known, doors = queries.find_attendance(meeting.id, own.id), queries.list_doors(meeting.id, own.id)
    if not meeting.records_exit or known is None or not doors:
        raise NotInside
    if doors[-1] is Kind.EXIT:
        return known
    read_at = read_code(meeting, code, reading, now)
    weigh_check_in(meeting, own, at=read_at)
    left = observe(
        meeting, own, kind=Kind.EXIT, method=method, happened_at=read_at,
        origin=door_origin("check-out", own, doors), actor=actor, now=now, **reader_of(reading),
    )  # fmt: skip
    return left or known


class MarkDetails(TypedDict, total=False):
    """What may be said beside a mark."""

    note: str
    state: str
    """The programme's state when it is not the mark's usual one."""
    happened_at: datetime
    device: Device
    origin: str
    """Makes it harmless to send the mark again after others."""


def mark(
    meeting: Meeting,
    enrolment: Enrolment,
    *,
    mark: Mark,
    method: str,
    actor: Actor,
    now: datetime,
    **details: Unpack[MarkDetails],
) -> Attendance:
    """Give a person a mark, or correct the one they have; the same mark and note again change nothing.

    Raises what ``observe`` does.
    """
    own, note = recording.participant(meeting, enrolment), details.get("note", "")
    code = details.get("state") or mark.value
    if meeting.cancelled_at:
        raise MeetingCancelled
    known = queries.find_attendance(meeting.id, own.id)
    if known and (known.state, known.note) == (code, note):
        return known
    verdict = _verdict(own, code, note, method, details.get("happened_at", now))
    device, origin = details.get("device", Device.UNKNOWN), details.get("origin") or verdict.origin
    verdict = replace(verdict, device=device, origin=origin)
    return observe_all(meeting, [verdict], actor=actor, now=now).marks[own.id]


@dataclass(frozen=True, slots=True, kw_only=True)
class RollEntry:
    """What a roll call says about one person."""

    enrolment: Enrolment
    mark: Mark
    note: str = ""
    seen: str | None = None
    """The code of the state that the page showed when it was opened."""
    state: str = ""
    """The programme's state when it is not the mark's usual one."""

    @property
    def code(self) -> str:
        """Return the code of the state."""
        return self.state or self.mark.value


@dataclass(frozen=True, slots=True, kw_only=True)
class RollResult:
    """What became of a roll call."""

    saved: int
    """Marks that were given or corrected."""
    kept: int
    """Marks that somebody gave while the page was open; they were left alone."""


def call_roll(
    meeting: Meeting,
    entries: Sequence[RollEntry],
    *,
    actor: Actor,
    now: datetime,
    device: Device = Device.UNKNOWN,
) -> RollResult:
    """Save the marks of a whole meeting at once; what is as it was changes nothing.

    A mark that changed while the page was open, such as a check-in, is not overwritten by what the page did
    not know. Raises NotEnrolled, MeetingCancelled and RollTooEarly before anything is written.
    """
    if meeting.cancelled_at:
        raise MeetingCancelled
    known = queries.attendances_at(meeting.id)
    fresh, kept = [], 0
    for entry in entries:
        found = known.get(recording.participant(meeting, entry.enrolment).id)
        if found and (found.state, found.note) == (entry.code, entry.note):
            continue
        if found and found.state != entry.seen:
            kept += 1
            continue
        verdict = _verdict(entry.enrolment, entry.code, entry.note, Method.ROLL_CALL, now)
        fresh.append(replace(verdict, device=device))
    if fresh:
        observe_all(meeting, fresh, actor=actor, now=now)
    return RollResult(saved=len(fresh), kept=kept)


def _verdict(enrolment: Enrolment, state: str, note: str, method: str, happened_at: datetime) -> Sighting:
    return Sighting(
        enrolment=enrolment,
        kind=Kind.VERDICT,
        method=method,
        happened_at=happened_at,
        device=Device.UNKNOWN,
        origin=f"{method}:{new_id()}",
        state=state,
        note=note,
    )


def _review(enrolments: Iterable[Enrolment], *, actor: Actor, now: datetime) -> None:
    """Complete whoever meets everything now; a constant number of queries beside those who do."""
    by_id = {enrolment.id: enrolment for enrolment in enrolments}
    db.session.flush()
    for key in meeting_everything(by_id):
        review_completion(by_id[key], actor=actor, now=now)
