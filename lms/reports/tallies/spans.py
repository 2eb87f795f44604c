"""Spans of months that a programme reports on: counted by jobs, a part of the people in each transaction."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, delete, func, select

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import DomainError
from lms.core.events import publish
from lms.core.i18n import _l
from lms.core.jobs.orders import enqueue
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import get_programme
from lms.learning.models import Cohort, Enrolment
from lms.reports.tallies import queries, service
from lms.reports.tallies.ledgers import LEDGERS
from lms.reports.tallies.messages import CountSpan, SpanDropped, SpanKept
from lms.reports.tallies.models import Span, SpanState
from lms.reports.tallies.rules import bounds_of

MOST_SPANS = 12
"""A programme keeps so many: each is one more way to subtract figures from each other (ADR 24)."""


class TooManySpans(DomainError):
    """The programme keeps as many spans as it may."""

    code = "too-many-spans"
    message = _l("El programa ya tiene 12 periodos propios. Quite uno que no use para agregar otro.")


class SpanKnown(DomainError):
    """The programme keeps this span already, or it is still on its way out."""

    code = "span-known"
    message = _l("El programa ya tiene un periodo propio con esos meses, o está quitándolo todavía.")


def keep_span(programme: Programme, name: str, label: str, *, actor: Actor, now: datetime) -> Span:
    """Let a programme report on a span; its people are counted by jobs, and then it may be asked for.

    Where nobody was counted yet, whoever counts them counts the span too. Raises TooManySpans and SpanKnown, and
    ValueError for what is no name of a span.
    """
    if bounds_of(name) is None:
        raise ValueError(name)
    # Two who add the last one at once do so one after the other.
    db.session.execute(select(Programme.id).where(Programme.id == programme.id).with_for_update())
    known = queries.list_spans(programme.id)
    if any(each.name == name for each in known):
        raise SpanKnown
    if len(known) >= MOST_SPANS:
        raise TooManySpans
    span = Span(programme_id=programme.id, name=name, label=label, state=SpanState.COUNTING)
    db.session.add(span)
    publish(SpanKept(at=now, actor=actor, subject_id=programme.id, label=label, months=name))
    _set_out(programme, span, now=now)
    return span


def drop_span(programme: Programme, span: Span, *, actor: Actor, now: datetime) -> None:
    """Let a programme report no more on a span; people are taken out of it by jobs."""
    if span.state is SpanState.LEAVING:
        return
    span.state = SpanState.LEAVING
    publish(SpanDropped(at=now, actor=actor, subject_id=programme.id, label=span.label, months=span.name))
    _set_out(programme, span, now=now)


def _set_out(programme: Programme, span: Span, *, now: datetime) -> None:
    people = select(func.count()).select_from(_enrolled(programme, span).subquery())
    span.done, span.total = 0, db.session.scalar(people) or 0
    db.session.flush()
    if queries.is_counted(programme.id):
        _go_on(span, after="", now=now)
    else:
        _arrive(span)


def count_part(order: CountSpan, *, now: datetime) -> None:
    """Count the next people of a span again, with it or without it, and order the next part, if anybody is left.

    A person whom another transaction counts meanwhile is counted by both, one after the other, and both know the span.
    """
    programme_id = UUID(order.programme_id)
    span = db.session.get(Span, (programme_id, order.name), with_for_update=True)
    if span is None or span.state != order.state:
        return
    programme = get_programme(programme_id)
    people = _part(programme, span, UUID(order.after) if order.after else UUID(int=0))
    if not people:
        _arrive(span)
        return
    service.recount(programme, people, now=now)
    span.done += len(people)
    _go_on(span, after=str(people[-1]), now=now)


def _go_on(span: Span, *, after: str, now: datetime) -> None:
    order = CountSpan(
        programme_id=str(span.programme_id), name=span.name, state=span.state.value, after=after
    )
    enqueue(order, now=now)


def _arrive(span: Span) -> None:
    """Let the span be asked for, or be gone; pages that were kept learn that there is another choice."""
    if span.state is SpanState.COUNTING:
        span.state = SpanState.KEPT
    else:
        for ledger in LEDGERS:
            columns = ledger.table.__table__.c
            ours = (columns.programme_id == span.programme_id, columns.period == span.name)
            db.session.execute(delete(ledger.table).where(*ours))
        db.session.delete(span)
    for ledger in LEDGERS:
        ledger.renew(span.programme_id)


def _part(programme: Programme, span: Span, after: UUID) -> Sequence[UUID]:
    person = Enrolment.person_id
    people = _enrolled(programme, span).where(person > after).order_by(person).limit(queries.CHUNK)
    return db.session.scalars(people).all()


def _enrolled(programme: Programme, span: Span) -> Select[UUID]:
    """Return everybody who was ever enrolled in the days of a span, by id."""
    first, last = bounds_of(span.name) or (date.min, date.min)
    zone = ZoneInfo(programme.timezone)
    begins, after = (datetime.combine(day, time.min, zone) for day in (first, last + timedelta(days=1)))
    return (
        select(Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Cohort.programme_id == programme.id,
            Enrolment.enrolled_at >= begins,
            Enrolment.enrolled_at < after,
        )
        .distinct()
    )
