"""Reads about the spans of a programme."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from lms.accounts.models import Person
from lms.core.actors import Actor
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.jobs.models import Job, JobState
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import list_programmes_for
from lms.reports.spans.permissions import SpanPermission
from lms.reports.tallies.messages import CountSpan, SpanKept
from lms.reports.tallies.models import Span, SpanState
from lms.reports.tallies.queries import list_spans
from lms.reports.tallies.rules import bounds_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanRow:
    """A span as the page lists it."""

    span: Span
    first: date
    last: date
    added_at: datetime | None
    """When it was added, and by whom; neither when the trail does not say."""
    added_by: str
    has_failed: bool
    """Whether its figures are not what they should be yet, and no job works on them any more."""

    @property
    def is_moving(self) -> bool:
        """Say whether people are being counted in it, or taken out of it."""
        return self.span.state is not SpanState.KEPT and not self.has_failed

    @property
    def percent(self) -> int:
        """Return how far it is."""
        return round(100 * self.span.done / self.span.total) if self.span.total else 0


def can_keep(actor: Actor, programme: Programme) -> bool:
    """Say whether the actor may say on which spans a programme reports."""
    reach = actor.reach(SpanPermission.KEEP)
    return reach.everywhere or programme.id in reach.programmes


def access_whole(actor: Actor, programme_id: UUID | None) -> Programme:
    """Return a programme whose spans the actor keeps, the first by name without an id; raises NotFound."""
    for programme in list_programmes_for(actor, SpanPermission.KEEP):
        if can_keep(actor, programme) and programme_id in {None, programme.id}:
            return programme
    raise NotFound


def access_span(programme: Programme, name: str) -> Span:
    """Return a span of a programme already loaded."""
    span = db.session.get(Span, (programme.id, name))
    if span is None:
        raise NotFound
    return span


def list_rows(programme: Programme) -> list[SpanRow]:
    """Return the spans of a programme as the page lists them, what ends last first."""
    spans = list_spans(programme.id)
    added = _added(programme.id) if spans else {}
    failed = _failed(programme.id) if any(each.state is not SpanState.KEPT for each in spans) else set()
    rows = [_row(each, added.get(each.name), has_failed=each.name in failed) for each in spans]
    return sorted(rows, key=lambda row: (row.last, row.first), reverse=True)


def _row(span: Span, added: tuple[datetime, str] | None, *, has_failed: bool) -> SpanRow:
    first, last = bounds_of(span.name) or (date.min, date.max)
    at, by = added or (None, "")
    return SpanRow(span=span, first=first, last=last, added_at=at, added_by=by, has_failed=has_failed)


def _added(programme_id: UUID) -> dict[str, tuple[datetime, str]]:
    """Return when each span was added last and by whom, as the audit trail says, in one query."""
    rows = db.session.execute(
        select(AuditEntry, Person)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(AuditEntry.subject_id == programme_id, AuditEntry.code == SpanKept.code)
        .order_by(AuditEntry.at, AuditEntry.id)
    )
    return {
        str(entry.data["months"]): (entry.at, person.name if person else "") for entry, person in rows.all()
    }


def _failed(programme_id: UUID) -> set[str]:
    """Return the spans whose last job is dead: an administrator sees why among the jobs, and can put it back."""
    states = (JobState.QUEUED, JobState.RUNNING, JobState.DEAD)
    rows = db.session.execute(
        select(Job.payload, Job.state).where(Job.code == CountSpan.code, Job.state.in_(states))
    )
    found: dict[JobState, set[str]] = {state: set() for state in states}
    for order, state in rows.all():
        if order["programme_id"] == str(programme_id):
            found[state].add(order["name"])
    return found[JobState.DEAD] - found[JobState.QUEUED] - found[JobState.RUNNING]
