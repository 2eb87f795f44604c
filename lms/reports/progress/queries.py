"""Reads about plans, periods and what members report."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import aliased

from lms.accounts.models import Person
from lms.accounts.queries import list_people_with_role
from lms.core.actors import Actor, Permission, Reach, Role, ScopeKind
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import subtree_condition
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import list_members
from lms.reports.progress.models import (
    PeriodChange,
    ProgressIndicator,
    ProgressReminder,
    ProgressResponsible,
    ProgressStep,
    ProgressSubmission,
    ProgressTarget,
    ReportingPeriod,
    answers_of,
)
from lms.reports.progress.permissions import ProgressPermission
from lms.reports.progress.rules import OPEN, Answer, Change, SubmissionState, Term, term_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An indicator with who answers for it and what each should reach, by quarter."""

    indicator: ProgressIndicator
    responsible: tuple[Institution, ...]
    """Empty: every member."""
    targets: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What a member reports, as it stood on a day."""

    submission_id: UUID
    institution_id: UUID
    institution: str
    sector: str | None
    state: SubmissionState
    at: datetime
    """When it came to this."""
    heir: str
    """The institution that wrote it in its place by then; empty while it did itself."""
    answers: dict[UUID, Answer]


def programmes_in(actor: Actor, permission: Permission) -> Select[Any]:
    """Return the programmes that a permission reaches whole: an institution's own reach opens none of them."""
    return select(Programme).where(_whole(actor.reach(permission))).order_by(Programme.name)


def submissions_for(actor: Actor, permission: Permission) -> Select[Any]:
    """Return what a permission opens: all of a programme, or what the actor's own institutions report.

    What went over to another institution is written by that one alone; the member goes on reading its own.
    """
    reach = actor.reach(permission)
    mine = or_(_whole(reach), _written_in(reach, permission))
    return (
        select(ProgressSubmission)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressSubmission.period_id)
        .join(Programme, Programme.id == ReportingPeriod.programme_id)
        .join(Institution, Institution.id == ProgressSubmission.institution_id)
        .where(mine)
    )


def _whole(reach: Reach) -> ColumnElement[bool]:
    if reach.everywhere:
        return true()
    return Programme.id.in_(reach.programmes) if reach.programmes else false()


def _written_in(reach: Reach, permission: Permission) -> ColumnElement[bool]:
    own = subtree_condition(reach.institutions)
    if permission is ProgressPermission.FILL:
        own = and_(own, ProgressSubmission.heir_id.is_(None))
    below = select(Institution.id).where(subtree_condition(reach.institutions)).correlate(None)
    return or_(own, ProgressSubmission.heir_id.in_(below))


def list_mine(actor: Actor, permission: Permission) -> list[tuple[ProgressSubmission, str, str]]:
    """Return what the actor's own institutions report, with institution and programme, what is due last first."""
    reach = actor.reach(permission)
    if not reach.institutions:
        return []
    statement = (
        submissions_for(actor, permission)
        .where(_written_in(reach, permission))
        .add_columns(Institution.name, Programme.name)
        .order_by(ReportingPeriod.due_on.desc(), Institution.search_text)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(statement).all()]


def list_plan(
    programme_id: UUID, *, ids: Collection[UUID] | None = None, is_active: bool | None = None
) -> list[Planned]:
    """Return the indicators of a plan, or some of them, in the order of the plan, in three queries."""
    statement = select(ProgressIndicator).where(ProgressIndicator.programme_id == programme_id)
    if ids is not None:
        statement = statement.where(ProgressIndicator.id.in_(ids))
    if is_active is not None:
        statement = statement.where(ProgressIndicator.is_active == is_active)
    found = db.session.scalars(
        statement.order_by(ProgressIndicator.objective, ProgressIndicator.number)
    ).all()
    known = [each.id for each in found]
    who: dict[UUID, list[Institution]] = {}
    for indicator_id, institution in db.session.execute(
        select(ProgressResponsible.indicator_id, Institution)
        .join(Institution, Institution.id == ProgressResponsible.institution_id)
        .where(ProgressResponsible.indicator_id.in_(known))
        .order_by(Institution.search_text)
    ).all():
        who.setdefault(indicator_id, []).append(institution)
    targets: dict[UUID, dict[str, float]] = {}
    for target in db.session.scalars(
        select(ProgressTarget).where(ProgressTarget.indicator_id.in_(known)).order_by(ProgressTarget.period)
    ):
        targets.setdefault(target.indicator_id, {})[target.period] = target.value
    return [
        Planned(indicator=each, responsible=tuple(who.get(each.id, ())), targets=targets.get(each.id, {}))
        for each in found
    ]


def find_indicator(programme_id: UUID, indicator_id: UUID) -> ProgressIndicator | None:
    """Return an indicator of this programme."""
    return db.session.scalar(
        select(ProgressIndicator).where(
            ProgressIndicator.id == indicator_id, ProgressIndicator.programme_id == programme_id
        )
    )


def find_by_number(programme_id: UUID, number: str) -> ProgressIndicator | None:
    """Return the indicator of a plan that has this code."""
    return db.session.scalar(
        select(ProgressIndicator).where(
            ProgressIndicator.programme_id == programme_id, ProgressIndicator.number == number
        )
    )


def list_periods(programme_id: UUID) -> Sequence[ReportingPeriod]:
    """Return the periods of a programme, newest first."""
    return db.session.scalars(
        select(ReportingPeriod)
        .where(ReportingPeriod.programme_id == programme_id)
        .order_by(ReportingPeriod.name.desc())
    ).all()


def find_period(programme_id: UUID, name: str) -> ReportingPeriod | None:
    """Return the period of a quarter, if it was opened."""
    return db.session.scalar(
        select(ReportingPeriod).where(
            ReportingPeriod.programme_id == programme_id, ReportingPeriod.name == name
        )
    )


def list_member_ids(period: ReportingPeriod) -> list[UUID]:
    """Return the institutions that took part, in whatever way, on the day whose members are asked."""
    return [each.institution_id for each in list_members(period.programme_id, period.members_on)]


def count_states(period_ids: Collection[UUID]) -> dict[UUID, dict[SubmissionState, int]]:
    """Return how many members are how far, by period, in one query."""
    rows = db.session.execute(
        select(ProgressSubmission.period_id, ProgressSubmission.state, func.count())
        .where(ProgressSubmission.period_id.in_(period_ids))
        .group_by(ProgressSubmission.period_id, ProgressSubmission.state)
    ).all()
    found: dict[UUID, dict[SubmissionState, int]] = {}
    for period_id, state, count in rows:
        found.setdefault(period_id, {})[state] = count
    return found


def list_reported(period_id: UUID, on: date, zone: ZoneInfo) -> list[Reported]:
    """Return what every member asked reports, as it stood at the end of a day, in one query."""
    end = datetime.combine(on + timedelta(days=1), time(), zone)
    latest = (
        select(ProgressStep.submission_id, func.max(ProgressStep.number).label("number"))
        .join(ProgressSubmission, ProgressSubmission.id == ProgressStep.submission_id)
        .where(ProgressSubmission.period_id == period_id, ProgressStep.at < end)
        .group_by(ProgressStep.submission_id)
        .subquery()
    )
    heir = aliased(Institution)
    same = (latest.c.submission_id == ProgressStep.submission_id) & (latest.c.number == ProgressStep.number)
    rows = db.session.execute(
        select(ProgressStep, Institution, heir.name)
        .join(latest, same)
        .join(ProgressSubmission, ProgressSubmission.id == ProgressStep.submission_id)
        .join(Institution, Institution.id == ProgressSubmission.institution_id)
        .outerjoin(heir, heir.id == ProgressStep.heir_id)
        .order_by(Institution.search_text)
    ).all()
    return [_reported(step, institution, name or "") for step, institution, name in rows]


def _reported(step: ProgressStep, institution: Institution, heir: str) -> Reported:
    return Reported(
        submission_id=step.submission_id,
        institution_id=institution.id,
        institution=institution.name,
        sector=institution.sector,
        state=step.state,
        at=step.at,
        heir=heir,
        answers=answers_of(step.content),
    )


def find_submission(period_id: UUID, institution_id: UUID) -> ProgressSubmission | None:
    """Return what a member reports of a period."""
    return db.session.scalar(
        select(ProgressSubmission).where(
            ProgressSubmission.period_id == period_id, ProgressSubmission.institution_id == institution_id
        )
    )


def list_submissions(period_id: UUID) -> Sequence[ProgressSubmission]:
    """Return what every member asked reports of a period."""
    return db.session.scalars(
        select(ProgressSubmission).where(ProgressSubmission.period_id == period_id)
    ).all()


def list_open(period_id: UUID) -> Sequence[ProgressSubmission]:
    """Return what members of a period have still to send."""
    return db.session.scalars(
        select(ProgressSubmission).where(
            ProgressSubmission.period_id == period_id, ProgressSubmission.state.in_(OPEN)
        )
    ).all()


def list_due(first: date, last: date) -> Sequence[ReportingPeriod]:
    """Return the periods still open whose deadline lies between two days."""
    return db.session.scalars(
        select(ReportingPeriod)
        .where(ReportingPeriod.due_on.between(first, last), ReportingPeriod.closed_at.is_(None))
        .order_by(ReportingPeriod.id)
    ).all()


def list_changes(period_id: UUID) -> Sequence[PeriodChange]:
    """Return what happened to a period after it was opened, oldest first."""
    return db.session.scalars(
        select(PeriodChange).where(PeriodChange.period_id == period_id).order_by(PeriodChange.number)
    ).all()


def find_term(period: ReportingPeriod, on: date, zone: ZoneInfo) -> Term:
    """Return until when a period was asked for, as it was known at the end of a day."""
    changes = [
        Change(
            on=each.at.astimezone(zone).date(), kind=each.kind, was_due_on=each.was_due_on, due_on=each.due_on
        )
        for each in list_changes(period.id)
    ]
    return term_on(on, period.due_on, changes)


def count_terms(period_id: UUID) -> int:
    """Return how often the deadline of a period moved."""
    moved = select(func.count()).where(
        PeriodChange.period_id == period_id, PeriodChange.was_due_on != PeriodChange.due_on
    )
    return db.session.scalar(moved) or 0


def list_written_by(institution_id: UUID) -> Sequence[ProgressSubmission]:
    """Return what an institution has still to send, for itself or for one that became part of it, by period."""
    writer = func.coalesce(ProgressSubmission.heir_id, ProgressSubmission.institution_id)
    return db.session.scalars(
        select(ProgressSubmission)
        .where(writer == institution_id, ProgressSubmission.state.in_(OPEN))
        .order_by(ProgressSubmission.period_id, ProgressSubmission.id)
    ).all()


def count_sent(institution_id: UUID) -> int:
    """Return how many periods an institution sent its progress of."""
    sent = select(func.count()).where(
        ProgressSubmission.institution_id == institution_id, ProgressSubmission.state.not_in(OPEN)
    )
    return db.session.scalar(sent) or 0


def list_responsible(institution_id: UUID) -> Sequence[ProgressIndicator]:
    """Return the indicators that name an institution among those that answer for them."""
    return db.session.scalars(
        select(ProgressIndicator)
        .join(ProgressResponsible, ProgressResponsible.indicator_id == ProgressIndicator.id)
        .where(ProgressResponsible.institution_id == institution_id)
        .order_by(ProgressIndicator.number, ProgressIndicator.id)
    ).all()


def list_steps(submission_id: UUID) -> list[tuple[ProgressStep, str]]:
    """Return what happened to a submission with who did it, newest first."""
    rows = db.session.execute(
        select(ProgressStep, Person)
        .outerjoin(Person, Person.id == ProgressStep.person_id)
        .where(ProgressStep.submission_id == submission_id)
        .order_by(ProgressStep.number.desc())
    ).all()
    return [(step, person.name if person else "") for step, person in rows]


def list_reminders(submission_ids: Iterable[UUID]) -> Sequence[ProgressReminder]:
    """Return how members were reminded, newest first."""
    return db.session.scalars(
        select(ProgressReminder)
        .where(ProgressReminder.submission_id.in_([*submission_ids]))
        .order_by(ProgressReminder.sent_at.desc())
    ).all()


def list_writers(
    submissions: Sequence[ProgressSubmission],
) -> list[tuple[ProgressSubmission, list[Person]]]:
    """Return each submission with the focal points of the institution that writes it, in one query."""
    known = list_focal_points([each.writer_id for each in submissions])
    return [(each, known.get(each.writer_id, [])) for each in submissions]


def list_focal_points(institution_ids: Collection[UUID]) -> dict[UUID, list[Person]]:
    """Return who answers for each member by role and can be written to, in one query."""
    found: dict[UUID, list[Person]] = {}
    for assignment, person in list_people_with_role(ScopeKind.INSTITUTION, institution_ids):
        if assignment.role is Role.FOCAL_POINT and person.is_active and person.email and assignment.scope_id:
            found.setdefault(assignment.scope_id, []).append(person)
    return found
