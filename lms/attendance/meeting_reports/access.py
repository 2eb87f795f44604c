"""From an id and an actor to a report of a call, or nothing."""

from uuid import UUID

from sqlalchemy import select

from lms.attendance.meeting_reports.models import CallAlias, CallReport
from lms.attendance.meeting_reports.queries import KeptReport
from lms.attendance.models import Meeting
from lms.attendance.queries import kept_cohorts, local_meetings, read_local
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.learning.models import Cohort


def access_report(actor: Actor, report_id: UUID) -> KeptReport:
    """Return a report if the actor keeps the register of its cohort."""
    row = db.session.execute(
        local_meetings()
        .add_columns(CallReport)
        .join(CallReport, CallReport.meeting_id == Meeting.id)
        .where(CallReport.id == report_id, kept_cohorts(actor))
    ).one_or_none()
    if row is None:
        raise NotFound
    return KeptReport(report=row[3], local=read_local(row))


def access_alias(actor: Actor, cohort_id: UUID, alias_id: UUID) -> CallAlias:
    """Return what is remembered of a name if the actor keeps the register of its cohort."""
    alias = db.session.scalar(
        select(CallAlias)
        .join(Cohort, Cohort.id == CallAlias.cohort_id)
        .where(CallAlias.id == alias_id, Cohort.id == cohort_id, kept_cohorts(actor))
    )
    if alias is None:
        raise NotFound
    return alias
