"""Reads about notices: what each cohort sends, whom it concerns now, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, exists, select

from lms.accounts.models import Person
from lms.attendance.models import Meeting
from lms.attendance.notices.models import CohortNotice, Notice, NoticeRefusal, QuietHours
from lms.attendance.notices.rules import ABOUT_CALLS, DEFAULTS, NoticeKind, NoticeState, Quiet
from lms.attendance.queries import LocalMeeting, local_meetings, read_local
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import list_focal_points
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState
from lms.learning.nominations.queries import find_call
from lms.learning.queries import count_lessons


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A cohort with its programme, whose clocks say what day it is."""

    cohort: Cohort
    programme: Programme

    @property
    def zone(self) -> ZoneInfo:
        """Return the programme's time zone."""
        return ZoneInfo(self.programme.timezone)

    def today(self, now: datetime) -> date:
        """Return what day it is there."""
        return now.astimezone(self.zone).date()

    def is_closed(self, now: datetime) -> bool:
        """Say whether the last day is over."""
        return self.today(now) > self.cohort.ends_on


def editions_with_notices() -> list[Edition]:
    """Return the cohorts that send notices."""
    is_on = exists().where(CohortNotice.cohort_id == Cohort.id, CohortNotice.is_on)
    rows = db.session.execute(_editions().where(is_on).order_by(Cohort.id)).all()
    return [Edition(cohort=row[0], programme=row[1]) for row in rows]


def edition_of(cohort_id: UUID) -> Edition:
    """Return a cohort with its programme."""
    row = db.session.execute(_editions().where(Cohort.id == cohort_id)).one()
    return Edition(cohort=row[0], programme=row[1])


def _editions() -> Select[Cohort, Programme]:
    return select(Cohort, Programme).join(Programme, Programme.id == Cohort.programme_id)


def notices_of(cohort_id: UUID) -> dict[NoticeKind, CohortNotice]:
    """Return what a cohort says of each kind; kinds of which it says nothing are off, with the usual amount."""
    rows = db.session.scalars(select(CohortNotice).where(CohortNotice.cohort_id == cohort_id))
    known = {row.kind: row for row in rows}
    return {
        kind: known.get(kind)
        or CohortNotice(cohort_id=cohort_id, kind=kind, is_on=False, amount=amount, extra="")
        for kind, amount in DEFAULTS.items()
    }


def kinds_of(cohort_id: UUID) -> list[NoticeKind]:
    """Return the kinds that a cohort can send: those about a call only where it has one."""
    has_call = find_call(cohort_id) is not None
    return [kind for kind in NoticeKind if has_call or kind not in ABOUT_CALLS]


def quiet_of(programme_id: UUID) -> Quiet:
    """Return when a programme writes to nobody."""
    row = db.session.get(QuietHours, programme_id)
    return row.quiet if row else Quiet()


def refuses(person_id: UUID) -> bool:
    """Say whether a person wants only what is indispensable."""
    return db.session.get(NoticeRefusal, person_id) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """A person of a cohort and how far they have come."""

    enrolment: Enrolment
    person: Person
    is_complete: bool


def list_people(cohort_id: UUID) -> list[Addressee]:
    """Return the people who take part in a cohort, in one query."""
    rows = db.session.execute(
        select(Enrolment, Person, Completion.id)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.state == EnrolmentState.ACTIVE, Person.is_active)
        .order_by(Person.search_text, Person.id)
    ).all()
    return [Addressee(enrolment=row[0], person=row[1], is_complete=row[2] is not None) for row in rows]


def lessons_left(people: Sequence[Addressee]) -> dict[UUID, int]:
    """Return how many lessons each lacks, by enrolment."""
    counts = count_lessons([each.enrolment.id for each in people])
    return {key: each.total - each.finished for key, each in counts.items()}


def focal_points_of(people: Sequence[Addressee]) -> dict[UUID, tuple[Person, list[Addressee]]]:
    """Return who answers for these people, with those they answer for, by person."""
    found: dict[UUID, tuple[Person, list[Addressee]]] = {}
    by_institution: dict[UUID, list[Addressee]] = {}
    for each in people:
        by_institution.setdefault(each.enrolment.institution_id, []).append(each)
    for key, group in by_institution.items():
        for person in list_focal_points(db.session.get_one(Institution, key)):
            found.setdefault(person.id, (person, []))[1].extend(group)
    return found


def meetings_ahead(cohort_id: UUID, now: datetime) -> list[LocalMeeting]:
    """Return the meetings of a cohort that stand and have not begun."""
    rows = db.session.execute(
        local_meetings()
        .where(Meeting.cohort_id == cohort_id, Meeting.cancelled_at.is_(None), Meeting.starts_at > now)
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    return [read_local(row) for row in rows]


def known_keys(cohort_id: UUID) -> set[str]:
    """Return what a cohort's people were told or are about to be."""
    return set(db.session.scalars(select(Notice.key).where(Notice.cohort_id == cohort_id)))


def list_due(now: datetime) -> Sequence[Notice]:
    """Return the notices that wait and whose moment has come."""
    return db.session.scalars(
        select(Notice)
        .where(Notice.state == NoticeState.WAITING, Notice.due_at <= now)
        .order_by(Notice.due_at, Notice.id)
        .limit(2000)
    ).all()


def log_of(cohort_id: UUID) -> Select[Notice, Person]:
    """Return the select of a cohort's notices with whom they were for, newest first."""
    return (
        select(Notice, Person)
        .join(Person, Person.id == Notice.person_id)
        .where(Notice.cohort_id == cohort_id)
        .order_by(Notice.decided_at.desc(), Notice.id)
    )


def find_notice(cohort_id: UUID, notice_id: UUID) -> Notice | None:
    """Return a notice of a cohort."""
    return db.session.scalar(select(Notice).where(Notice.id == notice_id, Notice.cohort_id == cohort_id))
