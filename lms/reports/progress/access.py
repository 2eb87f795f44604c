"""From an id and an actor to a programme, a period, what a member reports, or nothing."""

from uuid import UUID

from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.errors import NotFound
from lms.institutions.programmes.models import Programme
from lms.reports.progress import queries
from lms.reports.progress.models import ProgressIndicator, ProgressSubmission, ReportingPeriod


def access_whole(actor: Actor, permission: Permission, programme_id: UUID) -> Programme:
    """Return a programme if the permission reaches all of it; a stranger cannot tell that it exists."""
    statement = queries.programmes_in(actor, permission).where(Programme.id == programme_id)
    programme: Programme | None = db.session.scalar(statement)
    if programme is None:
        raise NotFound
    return programme


def access_period(actor: Actor, permission: Permission, period_id: UUID) -> tuple[Programme, ReportingPeriod]:
    """Return a period with its programme if the permission reaches all of that."""
    period = db.session.get(ReportingPeriod, period_id)
    if period is None:
        raise NotFound
    return access_whole(actor, permission, period.programme_id), period


def access_submission(actor: Actor, permission: Permission, submission_id: UUID) -> ProgressSubmission:
    """Return what a member reports: to its own focal points and to who reaches the whole programme."""
    statement = queries.submissions_for(actor, permission).where(ProgressSubmission.id == submission_id)
    submission: ProgressSubmission | None = db.session.scalar(statement)
    if submission is None:
        raise NotFound
    return submission


def access_decision(actor: Actor, permission: Permission, submission_id: UUID) -> ProgressSubmission:
    """Return what a member reports to who decides about it: the member's own reach does not."""
    submission = access_submission(actor, permission, submission_id)
    access_whole(actor, permission, submission.period.programme_id)
    return submission


def access_indicator(programme: Programme, indicator_id: UUID) -> ProgressIndicator:
    """Return an indicator of a programme already loaded."""
    indicator = queries.find_indicator(programme.id, indicator_id)
    if indicator is None:
        raise NotFound
    return indicator
