"""Periods and what members report in them; the only writer of their tables."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.institutions.programmes.models import MembershipKind, Programme
from lms.institutions.programmes.queries import get_programme, list_members
from lms.institutions.succession.queries import find_heir
from lms.reports.progress import letters, queries
from lms.reports.progress.errors import (
    DeadlineTooEarly,
    NobodyToAsk,
    NothingToDecide,
    PeriodClosed,
    PeriodTaken,
    QuarterUnknown,
    SubmissionClosed,
    SubmissionIncomplete,
    SubmissionMoved,
)
from lms.reports.progress.messages import (
    MemberReminded,
    PeriodOpened,
    ProgressAccepted,
    ProgressReturned,
    ProgressSubmitted,
)
from lms.reports.progress.models import (
    ProgressReminder,
    ProgressStep,
    ProgressSubmission,
    ReportingPeriod,
)
from lms.reports.progress.rules import (
    OPEN,
    Answer,
    StepKind,
    SubmissionState,
    gaps,
    name_of,
    quarter_named,
)
from lms.reports.queries.trained import count_trained


def open_period(
    programme: Programme, name: str, *, members_on: date, due_on: date, actor: Actor, now: datetime
) -> ReportingPeriod:
    """Ask every member of a day, and of its kind, for the indicators it answers for; write to their focal points.

    Raises QuarterUnknown, DeadlineTooEarly, PeriodTaken and NobodyToAsk.
    """
    quarter = quarter_named(name)
    if quarter is None:
        raise QuarterUnknown
    if due_on < quarter.first:
        raise DeadlineTooEarly
    if queries.find_period(programme.id, name_of(quarter)):
        raise PeriodTaken
    asked = _asked(programme, members_on)
    if not asked:
        raise NobodyToAsk
    period = ReportingPeriod(
        id=new_id(), programme_id=programme.id, name=name_of(quarter), members_on=members_on, due_on=due_on,
        opened_at=now,
    )  # fmt: skip
    db.session.add(period)
    db.session.flush()
    made = [_ask(period, institution_id, ids, actor, now) for institution_id, ids in asked.items()]
    opened = PeriodOpened(at=now, actor=actor, subject_id=programme.id, period=period.name, members=len(made))
    publish(opened)
    for submission, people in queries.list_writers(made):
        letters.write_opened(submission, people, now=now)
    return period


def _asked(programme: Programme, members_on: date) -> dict[UUID, list[UUID]]:
    """Return the indicators that each member of a day answers for; who answers for none is left out."""
    plan = queries.list_plan(programme.id, is_active=True)
    duties = [(each.indicator.id, {place.id for place in each.responsible}) for each in plan]
    found: dict[UUID, list[UUID]] = {}
    for member in list_members(programme.id, members_on):
        wanted = [id_ for id_, places in duties if not places or member.institution_id in places]
        if wanted and member.kind is MembershipKind.MEMBER:
            found[member.institution_id] = wanted
    return found


def _ask(
    period: ReportingPeriod, institution_id: UUID, ids: list[UUID], actor: Actor, now: datetime
) -> ProgressSubmission:
    submission = ProgressSubmission(
        id=new_id(), period_id=period.id, institution_id=institution_id, state=SubmissionState.DRAFT,
        revision=0, content={each.hex: Answer().plain() for each in ids}, period=period,
        heir_id=find_heir(institution_id),
    )  # fmt: skip
    db.session.add(submission)
    db.session.flush()
    add_step(submission, StepKind.OPENED, actor, now)
    return submission


def save(
    submission: ProgressSubmission,
    answers: Mapping[UUID, Answer],
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what a member wrote, whole or not; raises SubmissionClosed, PeriodClosed and SubmissionMoved."""
    hold(submission)
    _check_open(submission)
    if submission.revision != revision:
        raise SubmissionMoved
    content = {key.hex: answer.plain() for key, answer in {**submission.answers, **answers}.items()}
    if content == submission.content:
        return
    submission.content = content
    add_step(submission, StepKind.SAVED, actor, now)


def submit(submission: ProgressSubmission, *, actor: Actor, now: datetime) -> None:
    """Send what is saved to the secretariat, with the figures of the platform as they are now.

    Raises SubmissionClosed, PeriodClosed and SubmissionIncomplete.
    """
    hold(submission)
    _check_open(submission)
    if missing_of(submission):
        raise SubmissionIncomplete
    answers = with_figures(submission, now=now)
    submission.content = {key.hex: answer.plain() for key, answer in answers.items()}
    submission.state = SubmissionState.SUBMITTED
    add_step(submission, StepKind.SUBMITTED, actor, now)
    publish(
        ProgressSubmitted(
            at=now,
            actor=actor,
            subject_id=submission.id,
            period=submission.period.name,
            institution_id=submission.institution_id,
        )
    )


def hold(submission: ProgressSubmission) -> None:
    """Hold what a member reports as it is now until the transaction ends, and its period before it.

    A reminder holds every member of a period and who saves holds their own; both take the period first, so neither
    waits for the other crosswise.
    """
    db.session.refresh(submission.period, with_for_update=True)
    db.session.refresh(submission, with_for_update=True)


def _check_open(submission: ProgressSubmission) -> None:
    if submission.state not in OPEN:
        raise SubmissionClosed
    if submission.period.closed_at is not None:
        raise PeriodClosed


def missing_of(submission: ProgressSubmission) -> dict[UUID, tuple[str, ...]]:
    """Return which fields of which indicators keep it from being sent."""
    automatic = _automatic(submission)
    found = {key: gaps(answer, is_automatic=key in automatic) for key, answer in submission.answers.items()}
    return {key: names for key, names in found.items() if names}


def with_figures(submission: ProgressSubmission, *, now: datetime) -> dict[UUID, Answer]:
    """Return the answers with what the platform counts in its place, until the end of the quarter or today."""
    answers, automatic = submission.answers, _automatic(submission)
    if not automatic:
        return answers
    period = submission.period
    zone = ZoneInfo(get_programme(period.programme_id).timezone)
    cut_off = min(period.quarter.last, now.astimezone(zone).date())
    members = {*queries.list_member_ids(period), submission.institution_id}
    counted = count_trained(period.programme_id, period.quarter, members)
    value = float(counted[submission.institution_id]) if counted is not None else None
    return {
        key: replace(answer, value=value, typed="", cut_off=cut_off) if key in automatic else answer
        for key, answer in answers.items()
    }


def _automatic(submission: ProgressSubmission) -> set[UUID]:
    plan = queries.list_plan(submission.period.programme_id, ids=submission.answers)
    return {each.indicator.id for each in plan if each.indicator.is_automatic}


def accept(submission: ProgressSubmission, *, actor: Actor, now: datetime) -> None:
    """Take what was sent as good; raises NothingToDecide."""
    hold(submission)
    _decide(submission, SubmissionState.ACCEPTED, actor=actor, now=now)


def send_back(submission: ProgressSubmission, reason: str, *, actor: Actor, now: datetime) -> None:
    """Return what was sent with a reason, and write to who corrects it; raises NothingToDecide and PeriodClosed.

    Where the member became part of another institution meanwhile, that one corrects it.
    """
    hold(submission)
    if submission.period.closed_at is not None:
        raise PeriodClosed
    _decide(submission, SubmissionState.RETURNED, reason, actor=actor, now=now)
    for each, people in queries.list_writers([submission]):
        letters.write_returned(each, people, reason, now=now)


def _decide(
    submission: ProgressSubmission,
    state: SubmissionState,
    reason: str = "",
    *,
    actor: Actor,
    now: datetime,
) -> None:
    if submission.state is not SubmissionState.SUBMITTED:
        raise NothingToDecide
    submission.state = state
    is_good = state is SubmissionState.ACCEPTED
    if not is_good:
        submission.heir_id = find_heir(submission.institution_id)
    add_step(submission, StepKind.ACCEPTED if is_good else StepKind.RETURNED, actor, now, note=reason)
    kind = ProgressAccepted if is_good else ProgressReturned
    publish(
        kind(
            at=now,
            actor=actor,
            subject_id=submission.id,
            period=submission.period.name,
            institution_id=submission.institution_id,
        )
    )


def remind(submission: ProgressSubmission, mark: str, *, actor: Actor, now: datetime) -> bool:
    """Write to the focal points of a member that has not sent; once for each mark. Return whether it was done."""
    hold(submission)
    known = {each.mark for each in queries.list_reminders([submission.id])}
    if not submission.is_open or mark in known:
        return False
    [(_submission, people)] = queries.list_writers([submission])
    db.session.add(
        ProgressReminder(
            id=new_id(), submission_id=submission.id, mark=mark, sent_at=now, letters=len(people),
            person_id=actor.person_id,
        )
    )  # fmt: skip
    db.session.flush()
    letters.write_reminder(submission, people, mark, now=now)
    publish(
        MemberReminded(
            at=now,
            actor=actor,
            subject_id=submission.id,
            period=submission.period.name,
            institution_id=submission.institution_id,
            letters=len(people),
        )
    )
    return True


def add_step(
    submission: ProgressSubmission, kind: StepKind, actor: Actor, now: datetime, *, note: str = ""
) -> None:
    """Keep in the history of a submission what happened, with everything as it is now."""
    submission.revision += 1
    db.session.add(
        ProgressStep(
            id=new_id(), submission_id=submission.id, number=submission.revision, at=now, kind=kind,
            state=submission.state, person_id=actor.person_id, note=note, content=submission.content,
            heir_id=submission.heir_id,
        )
    )  # fmt: skip
    db.session.flush()
