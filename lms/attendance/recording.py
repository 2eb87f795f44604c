"""Writing down what was observed and the mark that follows: the only writer of both tables."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from lms.attendance import queries, rules
from lms.attendance.credits import RolesOf
from lms.attendance.errors import MeetingCancelled, MethodUnknown, NotEnrolled, StateUnknown
from lms.attendance.folding import Folded, fold
from lms.attendance.messages import AttendanceCorrected, AttendanceRecorded, PresenceMeasured
from lms.attendance.models import Attendance, AttendanceObservation, Meeting
from lms.attendance.rules import Device, Kind, Mark
from lms.core.actors import Actor
from lms.core.context import registry
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.core.types import Json
from lms.learning.models import Enrolment, EnrolmentState


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Something to be noted about a person at a meeting."""

    enrolment: Enrolment
    kind: Kind
    method: str
    """Name of a registered way to mark."""
    happened_at: datetime
    device: Device
    origin: str
    """Where it comes from; the same origin at the same meeting is noted once, at most 120 characters."""
    state: str = ""
    """Code of the programme's state that a verdict gives; a ``Mark`` is the code of its usual state."""
    stay: str = ""
    """Ties an entry to its own exit where several run side by side, such as the devices of a call."""
    note: str = ""
    browser: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What became of observations."""

    marks: Mapping[UUID, Attendance]
    """The mark of everybody who was named and has one now, by enrolment."""
    added: int
    """Observations that were new."""
    repeated: int
    """Observations that were known already, by their origin."""
    changed: frozenset[UUID]
    """Enrolments whose mark, note or time is another one now."""


def participant(meeting: Meeting, enrolment: Enrolment | None) -> Enrolment:
    """Return the enrolment if it counts in the meeting's cohort; raises NotEnrolled."""
    is_active = enrolment is not None and enrolment.state is EnrolmentState.ACTIVE
    if enrolment is None or not is_active or enrolment.cohort_id != meeting.cohort_id:
        raise NotEnrolled
    return enrolment


def record(meeting: Meeting, sightings: Sequence[Sighting], *, actor: Actor, now: datetime) -> Observed:
    """Note what is new and give everybody concerned the mark that follows; a constant number of queries.

    Raises NotEnrolled, MeetingCancelled, MethodUnknown, StateUnknown and RollTooEarly before anything is written.
    """
    roles = _check(meeting, sightings)
    people = {each.enrolment.id for each in sightings}
    queries.lock_enrolments(people)
    origins = [each.origin for each in sightings]
    known = queries.observations_of(meeting.id, people, origins)
    seen = {each.origin for each in known}
    fresh = {each.origin: each for each in sightings if each.origin not in seen}
    marks = queries.attendances_of(meeting.id, people)
    if not fresh:
        return Observed(marks=marks, added=0, repeated=len(sightings), changed=frozenset())
    rows = [_row(meeting, each, roles, actor, now) for each in fresh.values()]
    adding = insert(AttendanceObservation).returning(AttendanceObservation)
    known = [*known, *db.session.scalars(adding, rows)]
    concerned = {each.enrolment.id for each in fresh.values()}
    changed = _follow(meeting, concerned, known, marks, actor=actor, now=now)
    return Observed(
        marks=marks, added=len(rows), repeated=len(sightings) - len(rows), changed=frozenset(changed)
    )


def fold_again(
    meeting: Meeting, *, people: Collection[UUID] | None = None, actor: Actor, now: datetime
) -> frozenset[UUID]:
    """Weigh everything observed at a meeting anew, of everybody or of these enrolments; return whose mark is another.

    After its times changed, or after observations changed hands.
    """
    if people is None:
        known, marks = queries.observations_at(meeting.id), queries.attendances_at(meeting.id)
    else:
        known, marks = queries.observations_of(meeting.id, people), queries.attendances_of(meeting.id, people)
    observed = {each.enrolment_id for each in known}
    return frozenset(_follow(meeting, observed, known, marks, actor=actor, now=now))


def _check(meeting: Meeting, sightings: Iterable[Sighting]) -> Mapping[str, Mark]:
    """Refuse what may not be noted; return whose part each state plays."""
    if meeting.cancelled_at:
        raise MeetingCancelled
    methods, roles = registry("attendance_methods"), RolesOf(meeting)
    for each in sightings:
        participant(meeting, each.enrolment)
        if each.method not in methods:
            raise MethodUnknown
        if each.kind is Kind.VERDICT:
            if each.state not in roles:
                raise StateUnknown
            rules.check_roll(meeting.window, roles[each.state], each.happened_at)
    return roles


def _row(meeting: Meeting, each: Sighting, roles: Mapping[str, Mark], actor: Actor, now: datetime) -> Json:
    """Return an observation as one row of many: ids are given in their order, in one statement."""
    is_verdict = each.kind is Kind.VERDICT
    return {
        "meeting_id": meeting.id,
        "enrolment_id": each.enrolment.id,
        "kind": each.kind,
        "state": str(each.state) if is_verdict else "",
        "role": roles[each.state] if is_verdict else None,
        "stay": each.stay,
        "method": str(each.method),
        "actor_id": actor.person_id,
        "happened_at": each.happened_at,
        "recorded_at": now,
        "device": each.device,
        "browser": each.browser,
        "origin": each.origin,
        "note": each.note,
    }


def _follow(
    meeting: Meeting,
    people: Collection[UUID],
    known: Iterable[AttendanceObservation],
    marks: dict[UUID, Attendance],
    *,
    actor: Actor,
    now: datetime,
) -> list[UUID]:
    """Write the marks that follow from what is known of these people; return who has another one now."""
    by_person: dict[UUID, dict[int, AttendanceObservation]] = {}
    for each in known:
        by_person.setdefault(each.enrolment_id, {})[each.id] = each
    changes = []
    for key in people:
        own = by_person.get(key, {})
        folded = fold((each.seen for each in own.values()), meeting.terms)
        if folded is not None:
            before = _Before.of(marks.get(key))
            mark = marks.setdefault(key, _blank(meeting, key))
            _write(mark, folded, own[folded.decided_by])
            if before != _Before.of(mark):
                changes.append((before, mark))
    db.session.add_all([mark for _before, mark in changes])
    db.session.flush()
    for before, mark in changes:
        _publish(before, mark, actor=actor, now=now)
    return [mark.enrolment_id for _before, mark in changes]


def _blank(meeting: Meeting, enrolment_id: UUID) -> Attendance:
    return Attendance(id=new_id(), meeting_id=meeting.id, enrolment_id=enrolment_id)


def values_of(folded: Folded, decisive: AttendanceObservation) -> dict[str, Any]:
    """Return what the columns of a mark say that follows from observations, one of which decides."""
    return {
        "mark": folded.mark,
        "seconds": folded.seconds,
        "checked_in_at": folded.checked_in_at,
        "state": decisive.state if folded.is_verdict else folded.mark.value,
        "method": decisive.method,
        "note": decisive.note,
        "recorded_at": decisive.recorded_at,
        "recorded_by": decisive.actor_id,
    }


def _write(mark: Attendance, folded: Folded, decisive: AttendanceObservation) -> None:
    for name, value in values_of(folded, decisive).items():
        setattr(mark, name, value)


@dataclass(frozen=True, slots=True)
class _Before:
    """What makes a mark another one."""

    mark: Mark
    state: str
    note: str
    seconds: int

    @classmethod
    def of(cls, mark: Attendance | None) -> "_Before | None":
        return cls(mark.mark, mark.state, mark.note, mark.seconds) if mark else None

    @property
    def said(self) -> tuple[Mark, str, str]:
        return self.mark, self.state, self.note


def _publish(before: _Before | None, mark: Attendance, *, actor: Actor, now: datetime) -> None:
    subject, person = mark.meeting_id, mark.enrolment_id
    if before is None:
        recorded = AttendanceRecorded(
            at=now,
            actor=actor,
            subject_id=subject,
            enrolment_id=person,
            mark=mark.mark.value,
            method=mark.method,
        )
        publish(recorded)
    elif before.said != (mark.mark, mark.state, mark.note):
        corrected = AttendanceCorrected(
            at=now, actor=actor, subject_id=subject, enrolment_id=person, before=before.mark.value,
            after=mark.mark.value, method=mark.method,
        )  # fmt: skip
        publish(corrected)
    else:
        measured = PresenceMeasured(
            at=now,
            actor=actor,
            subject_id=subject,
            enrolment_id=person,
            before=before.seconds,
            after=mark.seconds,
        )
        publish(measured)
