"""Reads about meetings and marks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_location
from sqlalchemy import ColumnElement, Select, func, or_, select, true

from lms.accounts.models import Person
from lms.accounts.queries import is_real_person
from lms.attendance.credits import Weighed, state_of_mark, weigh
from lms.attendance.models import Attendance, AttendanceObservation, AttendanceState, Mark, Meeting
from lms.attendance.permissions import AttendancePermission
from lms.attendance.rules import HERE, Kind, Phase, PlaceKind
from lms.core.actors import Actor, Permission
from lms.core.context import current_settings
from lms.core.db import db
from lms.core.i18n import _, current_language
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.queries import visible_cohorts
from lms.web import formats

NEARBY = timedelta(hours=12)
"""How far from now a meeting may be for its code to be recognised, if only to say when it opens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalMeeting:
    """A meeting with its cohort and programme, on the clocks of the place where it is."""

    meeting: Meeting
    cohort: Cohort
    programme: Programme

    @property
    def id(self) -> UUID:
        """Return the meeting's id."""
        return self.meeting.id

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of the venue."""
        return ZoneInfo(self.meeting.timezone)

    @property
    def day(self) -> date:
        """Return the day on which the meeting starts, there."""
        return self.day_of(self.meeting.starts_at)

    @property
    def starts(self) -> str:
        """Return the time at which it starts, there: 9:00."""
        return self.clock(self.meeting.starts_at)

    @property
    def ends(self) -> str:
        """Return the time at which it ends, there."""
        return self.clock(self.meeting.ends_at)

    @property
    def where(self) -> str:
        """Return venue and room as one text, empty without either; an online meeting has none and says so."""
        if self.meeting.place is PlaceKind.ONLINE:
            return str(_("En línea"))
        return ", ".join(part for part in (self.meeting.venue, self.meeting.room) if part)

    @property
    def link(self) -> str:
        """Return where it is joined from elsewhere, empty without an address or once it does not take place."""
        return "" if self.is_cancelled else self.meeting.link

    @property
    def is_cancelled(self) -> bool:
        """Say whether it does not take place."""
        return self.meeting.cancelled_at is not None

    @property
    def foreign_city(self) -> str:
        """Return the city whose clock is meant, empty where it is the installation's own clock."""
        return city_of(self.zone)

    @property
    def date_block(self) -> tuple[str, str, str]:
        """Return weekday, day and month of its start as a date block shows them."""
        language = current_language()
        return tuple(format_date(self.day, pattern, locale=language) for pattern in ("EEEE", "d", "LLL"))  # type: ignore[return-value]  # three patterns, three texts

    def phase(self, now: datetime) -> Phase:
        """Return where the meeting stands: to come, open for check-in, or over."""
        return self.meeting.window.phase(now)

    def clock(self, moment: datetime) -> str:
        """Return the time that the clocks of the place show at a moment."""
        return formats.clock(moment, timezone=self.zone)

    def day_of(self, moment: datetime) -> date:
        """Return the day that it is in the place at a moment."""
        return moment.astimezone(self.zone).date()


def city_of(zone: ZoneInfo) -> str:
    """Return the city whose clock a zone is, empty for the installation's own, which needs no name."""
    if zone.key == current_settings().timezone:
        return ""
    return str(get_timezone_location(zone, locale=current_language(), return_city=True))


def local_meetings() -> Select[Meeting, Cohort, Programme]:
    """Return the select of meetings with cohort and programme."""
    return (
        select(Meeting, Cohort, Programme)
        .join(Cohort, Cohort.id == Meeting.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
    )


def read_local(row: Any) -> LocalMeeting:
    """Return a row of ``local_meetings`` as a value."""
    return LocalMeeting(meeting=row[0], cohort=row[1], programme=row[2])


def find_local_meeting(meeting_id: UUID) -> LocalMeeting | None:
    """Return a meeting with cohort and programme. For jobs: a request asks ``access``."""
    row = db.session.execute(local_meetings().where(Meeting.id == meeting_id)).one_or_none()
    return read_local(row) if row else None


def list_nearby(now: datetime) -> list[LocalMeeting]:
    """Return the meetings of these hours, cancelled ones too: few, whatever the size of the installation."""
    rows = db.session.execute(
        local_meetings().where(Meeting.starts_at <= now + NEARBY, Meeting.ends_at >= now - NEARBY)
    ).all()
    return [read_local(row) for row in rows]


def kept_cohorts(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which the actor keeps a cohort's register.

    A register is kept for a whole cohort, so a role in one institution or over oneself is not enough.
    """
    reach = actor.reach(AttendancePermission.KEEP_REGISTER)
    if reach.everywhere:
        return true()
    return or_(Cohort.programme_id.in_(reach.programmes), Cohort.id.in_(reach.cohorts))


def keeps(actor: Actor, cohort: Cohort) -> bool:
    """Say whether the actor keeps this cohort's register, without asking the database."""
    reach = actor.reach(AttendancePermission.KEEP_REGISTER)
    return reach.everywhere or cohort.programme_id in reach.programmes or cohort.id in reach.cohorts


def readable_cohorts(actor: Actor) -> Select[Cohort]:
    """Return the cohorts whose register the actor reads, wholly or for the people in reach."""
    return visible_cohorts(actor, AttendancePermission.READ_REGISTER)


def find_attendance(meeting_id: UUID, enrolment_id: UUID) -> Attendance | None:
    """Return the mark of an enrolment at a meeting."""
    return db.session.scalar(
        select(Attendance).where(Attendance.meeting_id == meeting_id, Attendance.enrolment_id == enrolment_id)
    )


def has_marks(meeting_id: UUID) -> bool:
    """Say whether anybody has a mark at a meeting."""
    return (
        db.session.scalar(select(Attendance.id).where(Attendance.meeting_id == meeting_id).limit(1))
        is not None
    )


def attendances_at(meeting_id: UUID) -> dict[UUID, Attendance]:
    """Return the marks of a meeting by enrolment."""
    rows = db.session.scalars(select(Attendance).where(Attendance.meeting_id == meeting_id))
    return {row.enrolment_id: row for row in rows}


def attendances_of(meeting_id: UUID, enrolment_ids: Collection[UUID]) -> dict[UUID, Attendance]:
    """Return the marks of these people at a meeting by enrolment."""
    rows = db.session.scalars(
        select(Attendance).where(
            Attendance.meeting_id == meeting_id, Attendance.enrolment_id.in_(enrolment_ids)
        )
    )
    return {row.enrolment_id: row for row in rows}


def observations_at(meeting_id: UUID) -> Sequence[AttendanceObservation]:
    """Return everything observed at a meeting."""
    return db.session.scalars(
        select(AttendanceObservation).where(AttendanceObservation.meeting_id == meeting_id)
    ).all()


def observations_of(
    meeting_id: UUID, enrolment_ids: Collection[UUID], origins: Collection[str] = ()
) -> Sequence[AttendanceObservation]:
    """Return what was observed of these people at a meeting, and what has one of these origins, in order of time."""
    own = AttendanceObservation.enrolment_id.in_(enrolment_ids)
    same = AttendanceObservation.origin.in_(origins)
    return db.session.scalars(
        select(AttendanceObservation)
        .where(AttendanceObservation.meeting_id == meeting_id, or_(own, same))
        .order_by(AttendanceObservation.happened_at, AttendanceObservation.id)
    ).all()


def list_doors(meeting_id: UUID, enrolment_id: UUID) -> list[Kind]:
    """Return in order of time how often a person came and left."""
    row = AttendanceObservation
    return list(
        db.session.scalars(
            select(row.kind)
            .where(row.meeting_id == meeting_id, row.enrolment_id == enrolment_id, row.kind != Kind.VERDICT)
            .order_by(row.happened_at, row.id)
        )
    )


def left_at(meeting_id: UUID, enrolment_id: UUID) -> datetime | None:
    """Return when a person left for the last time; None while they are there or nobody noted it."""
    row = AttendanceObservation
    last = db.session.execute(
        select(row.kind, row.happened_at)
        .where(row.meeting_id == meeting_id, row.enrolment_id == enrolment_id, row.kind != Kind.VERDICT)
        .order_by(row.happened_at.desc(), row.id.desc())
        .limit(1)
    ).one_or_none()
    return last[1] if last and last[0] is Kind.EXIT else None


def lock_enrolments(enrolment_ids: Collection[UUID]) -> None:
    """Make two writers of the same person's marks wait for each other; on SQLite all writers do."""
    statement = select(Enrolment.id).where(Enrolment.id.in_(enrolment_ids)).order_by(Enrolment.id)
    db.session.execute(statement.with_for_update(key_share=True)).all()


def find_own_enrolment(person_id: UUID, cohort_id: UUID) -> Enrolment | None:
    """Return a person's enrolment in a cohort while it counts."""
    return db.session.scalar(
        select(Enrolment).where(
            Enrolment.person_id == person_id,
            Enrolment.cohort_id == cohort_id,
            Enrolment.state == EnrolmentState.ACTIVE,
        )
    )


def enrolments_of(cohort_id: UUID) -> dict[UUID, Enrolment]:
    """Return the enrolments of a cohort that count, by id."""
    rows = db.session.scalars(
        select(Enrolment).where(Enrolment.cohort_id == cohort_id, Enrolment.state == EnrolmentState.ACTIVE)
    )
    return {row.id: row for row in rows}


def list_addressees(cohort_id: UUID) -> Sequence[Person]:
    """Return who can be written to about a cohort."""
    return db.session.scalars(
        select(Person)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(
            Enrolment.cohort_id == cohort_id,
            Enrolment.state == EnrolmentState.ACTIVE,
            Person.email.is_not(None),
            Person.is_active,
        )
        .order_by(Person.search_text)
    ).all()


def count_addressees(cohort_id: UUID) -> int:
    """Return to how many people a notice about a cohort goes."""
    statement = (
        select(func.count())
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.cohort_id == cohort_id,
            Enrolment.state == EnrolmentState.ACTIVE,
            Person.email.is_not(None),
            Person.is_active,
        )
    )
    return db.session.scalar(statement) or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """How full a room is."""

    here: int
    enrolled: int


def count_arrivals(meeting: Meeting) -> Arrivals:
    """Return how many of the people enrolled who count came to a meeting, in one query."""
    here = func.count(Attendance.id).filter(Attendance.mark.in_(HERE))
    row = db.session.execute(
        select(here, func.count(Enrolment.id))
        .select_from(Enrolment)
        .outerjoin(
            Attendance, (Attendance.enrolment_id == Enrolment.id) & (Attendance.meeting_id == meeting.id)
        )
        .where(
            Enrolment.cohort_id == meeting.cohort_id,
            Enrolment.state == EnrolmentState.ACTIVE,
            is_real_person(Enrolment.person_id),
        )
    ).one()
    return Arrivals(here=row[0], enrolled=row[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Somebody who came, as a whole hall may read it: the first surname is only its letter."""

    name: str
    at: datetime


def list_latest(meeting_id: UUID, count: int) -> list[Arrival]:
    """Return who came to a meeting last, the latest first, in one query."""
    came_at = func.coalesce(Attendance.checked_in_at, Attendance.recorded_at)
    rows = db.session.execute(
        select(Person.given_names, Person.first_surname, came_at)
        .select_from(Attendance)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Attendance.meeting_id == meeting_id, Attendance.mark.in_(HERE))
        .order_by(came_at.desc(), Attendance.id.desc())
        .limit(count)
    ).all()
    return [Arrival(name=f"{row[0]} {row[1][:1]}.", at=row[2]) for row in rows]


def list_meetings(cohort_id: UUID, *, is_planned: bool = False) -> list[LocalMeeting]:
    """Return a cohort's meetings in order of time; only those that stand when asked."""
    statement = local_meetings().where(Meeting.cohort_id == cohort_id)
    if is_planned:
        statement = statement.where(Meeting.cancelled_at.is_(None))
    rows = db.session.execute(statement.order_by(Meeting.starts_at, Meeting.id)).all()
    return [read_local(row) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMeeting:
    """A meeting of somebody's own cohort, with their mark."""

    local: LocalMeeting
    enrolment_id: UUID
    attendance: Attendance | None
    weighed: Weighed | None = None

    @property
    def mark(self) -> Mark | None:
        """Return the person's mark, None without one."""
        return self.attendance.mark if self.attendance else None


def own_meetings(person_id: UUID) -> Select[Any]:
    """Return the select of the meetings of a person's cohorts, with their marks, in order of time."""
    mine = (Attendance.meeting_id == Meeting.id) & (Attendance.enrolment_id == Enrolment.id)
    return (
        local_meetings()
        .add_columns(Enrolment.id, Attendance, AttendanceState)
        .join(Enrolment, Enrolment.cohort_id == Meeting.cohort_id)
        .outerjoin(Attendance, mine)
        .outerjoin(AttendanceState, state_of_mark())
        .where(Enrolment.person_id == person_id, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Meeting.starts_at, Meeting.id)
    )


def read_own(row: Any) -> OwnMeeting:
    """Return a row of ``own_meetings`` as a value."""
    own: Attendance | None = row[4]
    local = read_local(row)
    weighed = weigh(own.mark if own else None, row[5], local.day)
    return OwnMeeting(local=local, enrolment_id=row[3], attendance=own, weighed=weighed)


def list_own_meetings(person_id: UUID) -> list[OwnMeeting]:
    """Return the meetings of a person's cohorts, cancelled ones too, with their marks."""
    return [read_own(row) for row in db.session.execute(own_meetings(person_id)).all()]


def visible_to(actor: Actor, permission: Permission) -> Select[Meeting, Cohort, Programme]:
    """Return the meetings that a permission of staff reaches, with cohort and programme."""
    if permission is AttendancePermission.KEEP_REGISTER:
        return local_meetings().where(kept_cohorts(actor))
    return local_meetings().where(Cohort.id.in_(readable_cohorts(actor).with_only_columns(Cohort.id)))
