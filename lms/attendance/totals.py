"""What a register adds up to, without reading the marks of each person."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, select

from lms.accounts.models import Person
from lms.attendance.credits import weigh
from lms.attendance.models import Attendance, AttendanceState
from lms.attendance.narrowing import Wanted, narrowed, register_of
from lms.attendance.queries import LocalMeeting
from lms.attendance.rules import HERE
from lms.core.actors import Actor
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.learning.models import Cohort, Enrolment


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a register adds up to."""

    attended: Fraction
    """Attendances that count, of everybody, each for what its state is worth."""
    here: tuple[int, ...]
    """How many people came, by meeting in their order."""
    institutions: tuple[tuple[UUID, str], ...] | None = None
    """The institutions of everybody in the register, as (id, name); None where they were not read with it."""


def read_totals(
    actor: Actor,
    cohort: Cohort,
    states: Collection[AttendanceState],
    meetings: Sequence[LocalMeeting],
    wanted: Wanted,
) -> Totals:
    """Return how many of those who fit and count came to each meeting, and everybody's institutions, in one query."""
    fits = and_(*narrowed(wanted), Person.is_test.is_(False))
    people = (
        select(Enrolment.id, Institution.id.label("place"), Institution.name, Institution.search_text)
        .add_columns(case((fits, 1), else_=0).label("fits"))
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .where(*register_of(actor, cohort))
        .subquery()
    )
    who = people.c
    what = (
        who.place,
        who.name,
        who.search_text,
        who.fits,
        Attendance.meeting_id,
        Attendance.state,
        Attendance.mark,
    )
    rows = db.session.execute(
        select(*what, func.count())
        .select_from(people)
        .outerjoin(Attendance, Attendance.enrolment_id == who.id)
        .group_by(*what)
    ).all()
    places = {row[0]: (row[2], row[1]) for row in rows}
    return replace(
        _added_up([row[3:] for row in rows], states, meetings),
        institutions=tuple((key, each[1]) for key, each in sorted(places.items(), key=itemgetter(1))),
    )


def _added_up(
    rows: Iterable[Any], states: Iterable[AttendanceState], meetings: Sequence[LocalMeeting]
) -> Totals:
    """Return the totals of counts by (fits, meeting, state, mark) of those who fit."""
    by_code, day = {state.code: state for state in states}, {local.id: local.day for local in meetings}
    here, attended = Counter[UUID](), Fraction(0)
    for is_fit, meeting_id, code, mark, count in rows:
        weighed = weigh(mark, by_code.get(code), day[meeting_id]) if is_fit and meeting_id in day else None
        if weighed:
            attended += weighed.credit * count
            here[meeting_id] += count if weighed.mark in HERE else 0
    return Totals(attended=attended, here=tuple(here[local.id] for local in meetings))


def count_test_people(actor: Actor, cohort: Cohort) -> int:
    """Return how many in the register only try things out."""
    statement = select(func.count()).select_from(Enrolment).join(Person, Person.id == Enrolment.person_id)
    return db.session.scalar(statement.where(*register_of(actor, cohort), Person.is_test)) or 0


def list_institutions(actor: Actor, cohort: Cohort) -> list[tuple[UUID, str]]:
    """Return the institutions of the people in the register, as (id, name), in one query."""
    rows = db.session.execute(
        select(Institution.id, Institution.name)
        .join(Enrolment, Enrolment.institution_id == Institution.id)
        .where(*register_of(actor, cohort))
        .group_by(Institution.id, Institution.name, Institution.search_text)
        .order_by(Institution.search_text, Institution.id)
    ).all()
    return [(row[0], row[1]) for row in rows]
