"""Reads about quarterly reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from lms.accounts.models import Person
from lms.certificates.credentials.models import SigningCertificate
from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.jobs.models import Job
from lms.institutions.programmes.models import Programme
from lms.reports.frozen.models import (
    QuarterlyReport,
    ReportDelivery,
    ReportRecipient,
    ReportSettings,
    ReportVersion,
    VersionState,
)
from lms.reports.frozen.permissions import FrozenPermission


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A letter with the address it went to and what became of it."""

    delivery: ReportDelivery
    address: str
    job: Job | None
    """Null once the queue forgot it."""


def visible_to(actor: Actor, permission: Permission) -> Select[Any]:
    """Return the versions a permission reaches, the newest first.

    Whoever reaches a whole programme sees all its versions; anybody else, the issued ones that were sent to them.
    """
    reach = actor.reach(permission)
    statement = (
        select(ReportVersion)
        .join(QuarterlyReport, QuarterlyReport.id == ReportVersion.report_id)
        .order_by(QuarterlyReport.period.desc(), ReportVersion.number.desc(), ReportVersion.id)
    )
    if reach.everywhere:
        return statement
    own = QuarterlyReport.programme_id.in_(reach.programmes)
    if permission is not FrozenPermission.READ or not reach:
        return statement.where(own)
    return statement.where(or_(own, ReportVersion.id.in_(_sent_to(actor.person_id))))


def _sent_to(person_id: UUID | None) -> Select[Any]:
    return (
        select(ReportDelivery.version_id)
        .join(ReportRecipient, ReportRecipient.id == ReportDelivery.recipient_id)
        .join(ReportVersion, ReportVersion.id == ReportDelivery.version_id)
        .where(
            ReportRecipient.person_id == person_id,
            ReportRecipient.is_active,
            ReportVersion.state == VersionState.ISSUED,
        )
    )


def list_programmes_in(actor: Actor, permission: Permission) -> Sequence[Programme]:
    """Return the whole programmes a permission reaches, by name: reports are of programmes, not of institutions."""
    reach = actor.reach(permission)
    statement = select(Programme).order_by(Programme.name)
    if not reach.everywhere:
        statement = statement.where(Programme.id.in_(reach.programmes))
    return db.session.scalars(statement).all()


def find_version(version_id: UUID) -> ReportVersion | None:
    """Return a version, held until the transaction ends."""
    statement = select(ReportVersion).where(ReportVersion.id == version_id).with_for_update(of=ReportVersion)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def find_report(programme_id: UUID, period: str) -> QuarterlyReport | None:
    """Return the report of a programme about a quarter."""
    return db.session.scalar(
        select(QuarterlyReport).where(
            QuarterlyReport.programme_id == programme_id, QuarterlyReport.period == period
        )
    )


def list_versions(report_id: UUID) -> Sequence[ReportVersion]:
    """Return the versions of a report, the newest first."""
    return db.session.scalars(
        select(ReportVersion)
        .where(ReportVersion.report_id == report_id)
        .order_by(ReportVersion.number.desc())
    ).all()


def readable_of(report_id: UUID, actor: Actor) -> set[UUID]:
    """Return which versions of a report an actor may open."""
    statement = visible_to(actor, FrozenPermission.READ).where(ReportVersion.report_id == report_id)
    return {version.id for version in db.session.scalars(statement)}


def last_issued(report_id: UUID) -> ReportVersion | None:
    """Return the version of a report that holds now."""
    return next((each for each in list_versions(report_id) if each.state is VersionState.ISSUED), None)


def list_issued(report_id: UUID) -> list[ReportVersion]:
    """Return every version of a report that was issued, and that people may have."""
    return [each for each in list_versions(report_id) if each.state is VersionState.ISSUED]


def list_others(report: QuarterlyReport) -> Sequence[ReportVersion]:
    """Return every issued version of the reports of a programme's other quarters."""
    return db.session.scalars(
        select(ReportVersion)
        .join(QuarterlyReport, QuarterlyReport.id == ReportVersion.report_id)
        .where(
            QuarterlyReport.programme_id == report.programme_id,
            QuarterlyReport.id != report.id,
            ReportVersion.state == VersionState.ISSUED,
        )
    ).all()


def latest_of(programme_id: UUID, *, period: str = "") -> ReportVersion | None:
    """Return the issued version that holds: of a quarter, or else of the latest quarter that has one."""
    statement = (
        select(ReportVersion)
        .join(QuarterlyReport, QuarterlyReport.id == ReportVersion.report_id)
        .where(QuarterlyReport.programme_id == programme_id, ReportVersion.state == VersionState.ISSUED)
        .order_by(QuarterlyReport.period.desc(), ReportVersion.number.desc())
        .limit(1)
    )
    if period:
        statement = statement.where(QuarterlyReport.period == period)
    return db.session.scalar(statement)


def find_settings(programme_id: UUID) -> ReportSettings | None:
    """Return what a programme does with its reports, if it ever said."""
    return db.session.get(ReportSettings, programme_id)


def list_scheduled() -> Sequence[ReportSettings]:
    """Return the programmes whose reports are prepared by themselves."""
    return db.session.scalars(select(ReportSettings).where(ReportSettings.days_after.is_not(None))).all()


def list_recipients(programme_id: UUID) -> Sequence[ReportRecipient]:
    """Return who gets the reports of a programme, by address."""
    return db.session.scalars(
        select(ReportRecipient)
        .where(ReportRecipient.programme_id == programme_id, ReportRecipient.is_active)
        .order_by(ReportRecipient.address)
    ).all()


def find_recipient(programme_id: UUID, address: str) -> ReportRecipient | None:
    """Return the recipient of an address, also one who was taken out."""
    return db.session.scalar(
        select(ReportRecipient).where(
            ReportRecipient.programme_id == programme_id, ReportRecipient.address == address
        )
    )


def find_person(address: str) -> Person | None:
    """Return whose account has an address."""
    return db.session.scalar(select(Person).where(func.lower(Person.email) == address.lower()))


def list_sent(version_id: UUID) -> list[Sent]:
    """Return the letters of a version, the newest first."""
    rows = db.session.execute(
        select(ReportDelivery, ReportRecipient.address, Job)
        .join(ReportRecipient, ReportRecipient.id == ReportDelivery.recipient_id)
        .outerjoin(Job, Job.id == ReportDelivery.job_id)
        .where(ReportDelivery.version_id == version_id)
        .order_by(ReportDelivery.sent_at.desc(), ReportRecipient.address)
    ).all()
    return [Sent(delivery=row[0], address=row[1], job=row[2]) for row in rows]


def unsent_to(version: ReportVersion) -> list[ReportRecipient]:
    """Return the recipients to whom a version was never sent."""
    known = set(
        db.session.scalars(select(ReportDelivery.recipient_id).where(ReportDelivery.version_id == version.id))
    )
    return [each for each in list_recipients(version.report.programme_id) if each.id not in known]


def certificate_of(version: ReportVersion) -> SigningCertificate | None:
    """Return the certificate that signed the PDF of a version, None where none did."""
    return db.session.get(SigningCertificate, version.signed_with) if version.signed_with else None


def job_of(version_id: UUID) -> Job | None:
    """Return the job that makes the files of a version."""
    return db.session.scalar(select(Job).where(Job.key == job_key(version_id)))


def job_key(version_id: UUID) -> str:
    """Return the key under which the files of a version are made once."""
    return f"frozen.make-report:{version_id}"
