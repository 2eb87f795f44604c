"""Reads about the register of a cohort: who was at which meeting, and what share of all planned ones that is."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from sqlalchemy import case, func, literal, select

from lms.accounts.models import Person
from lms.accounts.queries import is_real_person
from lms.attendance.credits import Marked, Weighed, in_order, list_marked, weigh
from lms.attendance.models import Attendance, AttendanceState, Mark, Meeting
from lms.attendance.narrowing import EVERYBODY, Wanted, narrowed, order_of, prospects_of, register_of
from lms.attendance.queries import LocalMeeting, OwnMeeting, list_meetings
from lms.attendance.rules import HERE
from lms.attendance.shares import Planned, Share, share_of
from lms.attendance.totals import Totals, read_totals
from lms.core.actors import Actor
from lms.core.context import registry
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import get_programme
from lms.learning.models import Cohort, Enrolment
from lms.plugins.attendance import Presence, RegisterColumn
from lms.web.paging import Page, page_of, paginate

PER_PAGE: Final = 50
"""People on a page of the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """A person of a cohort with a mark or none for each of its planned meetings, in their order."""

    enrolment_id: UUID
    name: str
    institution: str
    sector: str | None
    marks: tuple[Weighed | None, ...]
    share: Share | None
    figures: tuple[int, ...] = ()
    """Minutes, for each column that other slices add."""
    is_test: bool = False


NAMED: Final = 200
"""Up to so many people are named to the database; of more, everybody's marks are read."""


Marks = Mapping[tuple[UUID, UUID], Marked]
"""Marks by (enrolment, meeting)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Who was where: the people of a cohort in the actor's reach against its planned meetings."""

    meetings: tuple[LocalMeeting, ...]
    page: Page[RegisterRow]
    """The people asked for: some of them, or all on one page."""
    states: tuple[AttendanceState, ...]
    """What the programme calls the ways to have attended, retired ones too."""
    columns: tuple[RegisterColumn, ...]
    """What other slices say about each person."""
    totals: Totals
    """Of everybody who fits and counts, whatever the page."""
    tests: int
    """How many fit who only try things out: they are listed, and in no total."""
    threshold: float
    """Share of all planned meetings that it asks for."""

    @property
    def rows(self) -> Sequence[RegisterRow]:
        """Return the people on the page."""
        return self.page.rows

    @property
    def people(self) -> int:
        """Return how many fit and count."""
        return self.page.total - self.tests

    @property
    def possible(self) -> int:
        """Return how many attendances there can be."""
        return self.people * len(self.meetings)


def read_register(
    actor: Actor, cohort: Cohort, *, now: datetime, wanted: Wanted = EVERYBODY, number: int | None = None
) -> Register:
    """Return a page of a cohort's register as far as the actor sees its people, narrowed and sorted; None gives all.

    A page by name or institution reads the marks of its people alone; who sorts by share or asks where people
    stand has everybody's read. Four or five queries, and what the columns of other slices take.
    """
    meetings = tuple(list_meetings(cohort.id, is_planned=True))
    threshold = get_programme(cohort.programme_id).attendance_share
    is_whole = number is None or wanted.key == "share" or wanted.prospect is not None
    people, tests = _people(actor, cohort, wanted, None if is_whole else number)
    states, marks = _marks_in(cohort.programme_id, meetings, [row[0] for row in people.rows])
    every = (_register_row(row, marks, meetings, threshold, now) for row in people.rows)
    rows = [row for row in every if wanted.prospect is None or wanted.prospect in prospects_of(row.share)]
    if wanted.key == "share":
        rows.sort(key=_share_of_row, reverse=wanted.is_falling)
    totals = _totals_of(rows, meetings) if is_whole else read_totals(actor, cohort, states, meetings, wanted)
    page = replace(people, rows=rows)
    if is_whole:
        tests = sum(row.is_test for row in rows)
        page = page_of(rows, number or 1, per_page=PER_PAGE if number else max(1, len(rows)))
    columns = tuple(sorted(registry("register_columns").values(), key=lambda each: (each.order, each.name)))
    shown = [
        _with_figures(row, figures) for row, figures in _figures(columns, page.rows, meetings, marks, now)
    ]
    return Register(
        meetings=meetings,
        page=replace(page, rows=shown),
        states=states,
        columns=columns,
        totals=totals,
        tests=tests,
        threshold=threshold,
    )


def _people(actor: Actor, cohort: Cohort, wanted: Wanted, number: int | None) -> tuple[Page[Any], int]:
    """Return a page of the people, and how many only try things out, counted in the same query.

    Without a number, all of them, and nobody is counted.
    """
    is_test: Any = case((Person.is_test, 1), else_=0)
    counts: Any = [literal(0)] if number is None else [func.count().over(), func.sum(is_test).over()]
    statement = (
        select(Enrolment.id, Person, Institution, Enrolment.sector, *counts)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .where(*register_of(actor, cohort), *narrowed(wanted))
        .order_by(*order_of(wanted))
    )
    if number is None:
        rows = db.session.execute(statement).all()
        return Page(rows=rows, number=1, total=len(rows), per_page=max(1, len(rows))), 0
    rows = db.session.execute(statement.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    if rows or number == 1:
        total, tests = rows[0][4:6] if rows else (0, 0)
        return Page(rows=rows, number=number, total=total, per_page=PER_PAGE), tests
    page = paginate(statement, number, per_page=PER_PAGE)
    return page, page.rows[0][5] if page.rows else 0


def _share_of_row(row: RegisterRow) -> tuple[Fraction, Fraction]:
    return (row.share.fraction, row.share.reachable_fraction) if row.share else (Fraction(0), Fraction(0))


def _register_row(
    row: Any, marks: Marks, meetings: Sequence[LocalMeeting], threshold: float, now: datetime
) -> RegisterRow:
    own = [each.weighed if (each := marks.get((row[0], local.id))) else None for local in meetings]
    planned = [planned_of(local.meeting, mark) for local, mark in zip(meetings, own, strict=True)]
    return RegisterRow(
        enrolment_id=row[0],
        name=row[1].name,
        institution=row[2].label,
        sector=row[3],
        marks=tuple(own),
        share=share_of(planned, threshold=threshold, now=now),
        is_test=row[1].is_test,
    )


def _marks_in(
    programme_id: UUID, meetings: Sequence[LocalMeeting], enrolment_ids: Collection[UUID]
) -> tuple[tuple[AttendanceState, ...], Marks]:
    """Return a programme's states and these people's marks by (enrolment, meeting), weighed by them, in one query."""
    own = Attendance
    theirs = (own.state == AttendanceState.code) & own.meeting_id.in_([local.id for local in meetings])
    if len(enrolment_ids) <= NAMED:
        theirs &= own.enrolment_id.in_(enrolment_ids)
    rows = db.session.execute(
        select(AttendanceState, own.enrolment_id, own.meeting_id, own.mark, own.seconds)
        .outerjoin(own, theirs)
        .where(AttendanceState.programme_id == programme_id)
    ).all()
    days = {local.id: local.day for local in meetings}
    worth: dict[tuple[AttendanceState, UUID, Mark], Weighed | None] = {}
    found: dict[tuple[UUID, UUID], Marked] = {}
    for state, person, meeting_id, mark, seconds in rows:
        if person is None:
            continue
        key = state, meeting_id, mark
        if key not in worth:
            worth[key] = weigh(mark, state, days[meeting_id])
        if weighed := worth[key]:
            found[person, meeting_id] = Marked(
                enrolment_id=person,
                meeting_id=meeting_id,
                code=state.code,
                weighed=weighed,
                seconds=seconds,
            )
    return tuple(in_order({row[0] for row in rows})), found


def _figures(
    columns: Sequence[RegisterColumn],
    rows: Sequence[RegisterRow],
    meetings: Sequence[LocalMeeting],
    marks: Marks,
    now: datetime,
) -> Iterator[tuple[RegisterRow, tuple[int, ...]]]:
    """Yield what the columns of other slices say of each person."""
    ids = {row.enrolment_id for row in rows}
    known = [_presence(each) for each in marks.values() if each.enrolment_id in ids] if columns else []
    meeting_ids = [local.id for local in meetings]
    said = [column.minutes(ids, meeting_ids, known, now) for column in columns]
    for row in rows:
        yield row, tuple(each.get(row.enrolment_id, 0) for each in said)


def _with_figures(row: RegisterRow, figures: tuple[int, ...]) -> RegisterRow:
    return replace(row, figures=figures) if figures else row


def _presence(each: Marked) -> Presence:
    return Presence(
        enrolment_id=each.enrolment_id,
        meeting_id=each.meeting_id,
        mark=each.weighed.mark.value,
        credit=each.weighed.credit,
        label=each.weighed.label,
        seconds=each.seconds,
    )


def _totals_of(rows: Sequence[RegisterRow], meetings: Sequence[LocalMeeting]) -> Totals:
    """Return the totals of rows that are all at hand, without those who only try things out."""
    rows = [row for row in rows if not row.is_test]
    here = [
        sum(each.mark in HERE for row in rows if (each := row.marks[index])) for index in range(len(meetings))
    ]
    attended = sum((row.share.attended for row in rows if row.share), Fraction(0))
    return Totals(attended=attended, here=tuple(here))


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
    return {(each.enrolment_id, each.meeting_id): each.weighed for each in list_marked(enrolment_ids)}


def shares_of(enrolment_ids: Collection[UUID], now: datetime) -> dict[UUID, Share | None]:
    """Return the share of each enrolment over all planned meetings of its cohort, in three queries."""
    found = db.session.execute(
        select(Enrolment.id, Enrolment.cohort_id, Programme.attendance_share)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .where(Enrolment.id.in_(enrolment_ids))
    ).all()
    meetings = planned_by_cohort({row[1] for row in found})
    marks = marks_of(enrolment_ids)
    return {
        enrolment_id: share_of(
            [planned_of(each, marks.get((enrolment_id, each.id))) for each in meetings.get(cohort_id, ())],
            threshold=threshold,
            now=now,
        )
        for enrolment_id, cohort_id, threshold in found
    }


def planned_by_cohort(cohort_ids: Collection[UUID]) -> dict[UUID, list[Meeting]]:
    """Return the meetings of cohorts that were not cancelled, in order of time, in one query."""
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
    """Return how often each mark was given at each meeting of a cohort, to those in the actor's reach who count."""
    rows = db.session.execute(
        select(Attendance.meeting_id, Attendance.mark, func.count())
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .where(*register_of(actor, cohort), is_real_person(Enrolment.person_id))
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
