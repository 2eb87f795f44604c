"""Reads about the register of a cohort: who was at which meeting, and what share of all planned ones that is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select

from lms.accounts.models import Person
from lms.attendance.credits import Weighed, state_of_mark, states_of, weigh
from lms.attendance.models import Attendance, AttendanceState, Mark, Meeting
from lms.attendance.permissions import AttendancePermission
from lms.attendance.queries import LocalMeeting, OwnMeeting, list_meetings
from lms.attendance.rules import HERE
from lms.attendance.shares import Planned, Share, share_of
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.folding import like, words
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import get_programme
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.queries import enrolment_condition


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """A person of a cohort with a mark or none for each of its planned meetings, in their order."""

    enrolment_id: UUID
    name: str
    institution: str
    sector: str | None
    marks: tuple[Weighed | None, ...]
    share: Share | None


class Prospect(StrEnum):
    """Where a person stands against what is asked for, as a list is narrowed by it."""

    MET = "met"
    NOT_YET = "not-yet"
    TIGHT = "tight"
    """Not yet, and one more meeting missed puts it out of reach."""
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What narrows and sorts a register."""

    text: str = ""
    institution_id: UUID | None = None
    sector: str = ""
    state: str = ""
    """Code of a state of the programme that somebody has at one meeting at least."""
    prospect: Prospect | None = None
    sort: str = "name"
    """name, institution or share; a minus before it turns the order round."""

    @property
    def key(self) -> str:
        """Return what is sorted by."""
        return self.sort.removeprefix("-")

    @property
    def is_falling(self) -> bool:
        """Say whether the order is turned round."""
        return self.sort.startswith("-")


EVERYBODY: Final = Wanted()
NAMED: Final = 200
"""Up to so many people are named to the database; of more, everybody's marks are read."""


def prospects_of(share: Share | None) -> frozenset[Prospect]:
    """Return under which headings a share is found; none without planned meetings."""
    if share is None:
        return frozenset()
    found = {Prospect(share.state.value)}
    return frozenset(found | {Prospect.TIGHT} if share.is_tight else found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Who was where: the people of a cohort in the actor's reach against its planned meetings."""

    meetings: tuple[LocalMeeting, ...]
    rows: tuple[RegisterRow, ...]
    states: tuple[AttendanceState, ...]
    """What the programme calls the ways to have attended."""
    threshold: float
    """Share of all planned meetings that it asks for."""

    @property
    def attended(self) -> Fraction:
        """Return how many attendances count, of everybody, each for what its state is worth."""
        return sum((row.share.attended for row in self.rows if row.share), Fraction(0))

    @property
    def possible(self) -> int:
        """Return how many attendances there can be."""
        return len(self.rows) * len(self.meetings)

    def here(self, index: int) -> int:
        """Return how many people came to one meeting."""
        marks = (row.marks[index] for row in self.rows)
        return sum(each.mark in HERE for each in marks if each)


def read_register(actor: Actor, cohort: Cohort, *, now: datetime, wanted: Wanted = EVERYBODY) -> Register:
    """Return a cohort's register as far as the actor sees its people, narrowed and sorted, in five queries."""
    meetings = tuple(list_meetings(cohort.id, is_planned=True))
    threshold = get_programme(cohort.programme_id).attendance_share
    states = tuple(states_of(cohort.programme_id))
    people = db.session.execute(
        select(Enrolment.id, Person, Institution, Enrolment.sector)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .where(*_register_of(actor, cohort), *_narrowed(wanted))
        .order_by(*_order(wanted))
    ).all()
    marks = _marks_in(cohort, states, [row[0] for row in people])
    every = (
        _register_row(row, [marks.get((row[0], each.id)) for each in meetings], meetings, threshold, now)
        for row in people
    )
    rows = [row for row in every if wanted.prospect is None or wanted.prospect in prospects_of(row.share)]
    if wanted.key == "share":
        rows.sort(key=_share_of_row, reverse=wanted.is_falling)
    return Register(meetings=meetings, rows=tuple(rows), states=states, threshold=threshold)


def _register_of(actor: Actor, cohort: Cohort) -> list[ColumnElement[bool]]:
    return [
        Enrolment.cohort_id == cohort.id,
        Enrolment.state == EnrolmentState.ACTIVE,
        enrolment_condition(actor, AttendancePermission.READ_REGISTER),
    ]


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        Person.search_text.like(like(word), escape="\\") for word in words(wanted.text)
    ]
    if wanted.institution_id:
        found.append(Enrolment.institution_id == wanted.institution_id)
    if wanted.sector:
        found.append(Enrolment.sector == wanted.sector)
    if wanted.state:
        has_it = (Attendance.enrolment_id == Enrolment.id) & (Attendance.state == wanted.state)
        found.append(exists().where(has_it))
    return found


def _order(wanted: Wanted) -> list[Any]:
    """Return the order of people; by share they are sorted once it is known."""
    key = Institution.search_text if wanted.key == "institution" else Person.search_text
    is_falling = wanted.is_falling and wanted.key != "share"
    return [key.desc() if is_falling else key, Person.search_text, Person.id]


def _share_of_row(row: RegisterRow) -> tuple[Fraction, Fraction]:
    return (row.share.fraction, row.share.reachable_fraction) if row.share else (Fraction(0), Fraction(0))


def _register_row(
    row: Any,
    marks: Sequence[Weighed | None],
    meetings: Sequence[LocalMeeting],
    threshold: float,
    now: datetime,
) -> RegisterRow:
    planned = [planned_of(each.meeting, mark) for each, mark in zip(meetings, marks, strict=True)]
    return RegisterRow(
        enrolment_id=row[0],
        name=row[1].name,
        institution=row[2].label,
        sector=row[3],
        marks=tuple(marks),
        share=share_of(planned, threshold=threshold, now=now),
    )


def _marks_in(
    cohort: Cohort, states: Iterable[AttendanceState], enrolment_ids: Collection[UUID]
) -> Mapping[tuple[UUID, UUID], Weighed]:
    """Return the marks of these people of a cohort by (enrolment, meeting), in one query, weighed by its states."""
    known = {row.code: Weighed(mark=row.role, credit=row.credit, label=row.label) for row in states}
    statement = (
        select(Attendance.enrolment_id, Attendance.meeting_id, Attendance.mark, Attendance.state)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Meeting.cohort_id == cohort.id)
    )
    if len(enrolment_ids) <= NAMED:
        statement = statement.where(Attendance.enrolment_id.in_(enrolment_ids))
    rows = db.session.execute(statement).all()
    return {(row[0], row[1]): weighed for row in rows if (weighed := _as_marked(row[2], known.get(row[3])))}


def _as_marked(mark: Mark, state: Weighed | None) -> Weighed | None:
    """Return a state as the mark it was given with; the usual worth where the programme has it no more."""
    if state and state.mark is mark:
        return state
    return weigh(mark, state.credit if state else None, state.label if state else None)


def list_institutions(actor: Actor, cohort: Cohort) -> list[tuple[UUID, str]]:
    """Return the institutions of the people in the register, as (id, name), in one query."""
    rows = db.session.execute(
        select(Institution.id, Institution.name)
        .join(Enrolment, Enrolment.institution_id == Institution.id)
        .where(*_register_of(actor, cohort))
        .group_by(Institution.id, Institution.name, Institution.search_text)
        .order_by(Institution.search_text, Institution.id)
    ).all()
    return [(row[0], row[1]) for row in rows]


def planned_of(meeting: Meeting, weighed: Weighed | None) -> Planned:
    """Return a meeting as the rules about shares weigh it."""
    return Planned(
        title=meeting.title,
        closes_at=meeting.ends_at,
        is_mandatory=meeting.is_mandatory,
        mark=weighed.mark if weighed else None,
        credit=weighed.credit if weighed else None,
    )


def marks_of(enrolment_ids: Collection[UUID]) -> Mapping[tuple[UUID, UUID], Weighed]:
    """Return the marks of these enrolments by (enrolment, meeting), in one query."""
    state = AttendanceState
    rows = db.session.execute(
        select(Attendance.enrolment_id, Attendance.meeting_id, Attendance.mark, state.credit, state.label)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(state, state_of_mark())
        .where(Attendance.enrolment_id.in_(enrolment_ids))
    ).all()
    found = ((row[0], row[1], weigh(*row[2:5])) for row in rows)
    return {(person, meeting): weighed for person, meeting, weighed in found if weighed}


def shares_of(enrolment_ids: Collection[UUID], now: datetime) -> dict[UUID, Share | None]:
    """Return the share of each enrolment over all planned meetings of its cohort, in three queries."""
    found = db.session.execute(
        select(Enrolment.id, Enrolment.cohort_id, Programme.attendance_share)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .where(Enrolment.id.in_(enrolment_ids))
    ).all()
    meetings = _planned_by_cohort({row[1] for row in found})
    marks = marks_of(enrolment_ids)
    return {
        enrolment_id: share_of(
            [planned_of(each, marks.get((enrolment_id, each.id))) for each in meetings.get(cohort_id, ())],
            threshold=threshold,
            now=now,
        )
        for enrolment_id, cohort_id, threshold in found
    }


def _planned_by_cohort(cohort_ids: Collection[UUID]) -> dict[UUID, list[Meeting]]:
    rows = db.session.scalars(
        select(Meeting)
        .where(Meeting.cohort_id.in_(cohort_ids), Meeting.cancelled_at.is_(None))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    found: dict[UUID, list[Meeting]] = {}
    for meeting in rows:
        found.setdefault(meeting.cohort_id, []).append(meeting)
    return found


def count_marks(actor: Actor, cohort: Cohort) -> dict[UUID, dict[Mark, int]]:
    """Return how often each mark was given at each meeting of a cohort, to the people in the actor's reach."""
    rows = db.session.execute(
        select(Attendance.meeting_id, Attendance.mark, func.count())
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .where(*_register_of(actor, cohort))
        .group_by(Attendance.meeting_id, Attendance.mark)
    ).all()
    found: dict[UUID, dict[Mark, int]] = {}
    for meeting_id, mark, count in rows:
        found.setdefault(meeting_id, {})[mark] = count
    return found


def own_shares(meetings: Iterable[OwnMeeting], now: datetime) -> dict[UUID, Share | None]:
    """Return the share by enrolment of meetings that are at hand."""
    found: dict[UUID, tuple[float, list[Planned]]] = {}
    for each in meetings:
        threshold = each.local.programme.attendance_share
        planned = found.setdefault(each.enrolment_id, (threshold, []))[1]
        if not each.local.is_cancelled:
            planned.append(planned_of(each.local.meeting, each.weighed))
    return {key: share_of(planned, threshold=share, now=now) for key, (share, planned) in found.items()}
