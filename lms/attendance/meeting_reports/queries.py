"""Reads about reports of calls."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from lms.accounts.models import Person, PersonAddress
from lms.attendance.meeting_reports.matching import Member
from lms.attendance.meeting_reports.models import CallAlias, CallColumns, CallReport
from lms.attendance.models import Meeting
from lms.attendance.queries import LocalMeeting, local_meetings, read_local
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import subtree_condition
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import list_members
from lms.learning.models import Cohort, Enrolment, EnrolmentState


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """Somebody of the cohort: what matching and the pages need."""

    enrolment: Enrolment
    name: str
    institution: str
    member: Member


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReport:
    """A report with the meeting where it was sent."""

    report: CallReport
    local: LocalMeeting


def list_enrolled(cohort_id: UUID) -> dict[UUID, Enrolled]:
    """Return everybody who takes part in a cohort by enrolment, in order of name, in two queries."""
    rows = db.session.execute(
        select(Enrolment, Person, Institution)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Person.search_text, Person.id)
    ).all()
    others = _further_addresses([row[1].id for row in rows])
    return {
        enrolment.id: Enrolled(
            enrolment=enrolment,
            name=person.name,
            institution=institution.label,
            member=Member(
                enrolment_id=enrolment.id,
                name=person.name,
                emails=frozenset({*({person.email} if person.email else ()), *others.get(person.id, ())}),
            ),
        )
        for enrolment, person, institution in rows
    }


def _further_addresses(people: Collection[UUID]) -> Mapping[UUID, Sequence[str]]:
    rows = db.session.execute(
        select(PersonAddress.person_id, PersonAddress.email).where(PersonAddress.person_id.in_(people))
    )
    found: dict[UUID, list[str]] = {}
    for person_id, email in rows:
        found.setdefault(person_id, []).append(email)
    return found


def find_sent(meeting_id: UUID, digest: str) -> CallReport | None:
    """Return the report of a file at a meeting."""
    return db.session.scalar(
        select(CallReport).where(CallReport.meeting_id == meeting_id, CallReport.digest == digest)
    )


def list_reports(cohort_id: UUID) -> Sequence[CallReport]:
    """Return the reports of a cohort, the latest first."""
    return db.session.scalars(
        select(CallReport).where(CallReport.cohort_id == cohort_id).order_by(CallReport.sent_at.desc())
    ).all()


def list_over(now: datetime) -> Sequence[CallReport]:
    """Return the reports whose file should have been erased by now."""
    return db.session.scalars(
        select(CallReport).where(CallReport.file_id.is_not(None), CallReport.erase_at < now)
    ).all()


def lock_meetings(meeting_ids: Collection[UUID]) -> None:
    """Make two who apply reports to the same meetings wait for each other."""
    statement = select(Meeting.id).where(Meeting.id.in_(meeting_ids)).order_by(Meeting.id)
    db.session.execute(statement.with_for_update()).all()


def list_standing(cohort_id: UUID) -> list[LocalMeeting]:
    """Return the meetings of a cohort that take place, in order of time."""
    statement = local_meetings().where(Meeting.cohort_id == cohort_id, Meeting.cancelled_at.is_(None))
    return [read_local(row) for row in db.session.execute(statement.order_by(Meeting.starts_at, Meeting.id))]


def list_aliases(cohort_id: UUID) -> Sequence[CallAlias]:
    """Return whom the names in a cohort's calls stand for, in order of the name shown."""
    return db.session.scalars(
        select(CallAlias).where(CallAlias.cohort_id == cohort_id).order_by(CallAlias.shown, CallAlias.id)
    ).all()


def find_alias(cohort_id: UUID, token: str) -> CallAlias | None:
    """Return whom a name stands for."""
    return db.session.scalar(
        select(CallAlias).where(CallAlias.cohort_id == cohort_id, CallAlias.token == token)
    )


def find_columns(programme_id: UUID, heading: str) -> CallColumns | None:
    """Return what the columns below a heading tell."""
    return db.session.scalar(
        select(CallColumns).where(CallColumns.programme_id == programme_id, CallColumns.heading == heading)
    )


def lock_cohort(cohort_id: UUID) -> None:
    """Make two who decide about names of a cohort wait for each other."""
    db.session.execute(select(Cohort.id).where(Cohort.id == cohort_id).with_for_update()).all()


def lock_programme(programme_id: UUID) -> None:
    """Make two who name columns for a programme wait for each other."""
    db.session.execute(select(Programme.id).where(Programme.id == programme_id).with_for_update()).all()


def list_workplaces(programme_id: UUID, day: date) -> Sequence[Institution]:
    """Return the open institutions that take part in a programme, with all below them, by name."""
    members = [each.institution_id for each in list_members(programme_id, day)]
    if not members:
        return []
    statement = select(Institution).where(subtree_condition(members), Institution.is_active)
    return db.session.scalars(statement.order_by(Institution.search_text, Institution.id)).all()
