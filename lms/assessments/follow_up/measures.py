"""Quizzes of the follow-up that people may take now: whom to invite, whom to remind, and what waits for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, select

from lms.accounts.models import Person
from lms.assessments.attempts.models import Attempt
from lms.assessments.attempts.queries import QuizUnit, get_quiz
from lms.assessments.attempts.rules import FOLLOWED_FOR, FOLLOWED_FROM, follow_up_days
from lms.assessments.follow_up import rules
from lms.assessments.follow_up.course_surveys import measures_of
from lms.assessments.follow_up.models import FollowUp, MeasureInvitation
from lms.core.db import db
from lms.courses.models import Release
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitedPerson:
    """Somebody to write to about a quiz of the follow-up."""

    invitation: MeasureInvitation
    person: Person
    enrolment_id: UUID
    course: str
    quiz: QuizUnit
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingMeasure:
    """A quiz of the follow-up that a person may take today."""

    enrolment_id: UUID
    course: str
    quiz: QuizUnit
    last_day: date


def list_to_invite(day: date) -> list[tuple[Completion, QuizUnit]]:
    """Return the completions whose days have come and not passed by much, with the quizzes nobody told them of."""
    rows = db.session.execute(
        _open(day)
        .where(
            Completion.completed_on > day - FOLLOWED_FROM - FOLLOWED_FOR + rules.LEAST_APART,
            Person.is_active,
            Person.email.is_not(None),
        )
        .order_by(Completion.id)
    )
    found = [(completion, quiz) for completion, release, *_rest in rows for quiz in measures_of(release.id)]
    told = _told({completion.id for completion, _quiz in found})
    return [
        (completion, quiz)
        for completion, quiz in found
        if (completion.id, quiz.id) not in told and not _is_answered(completion.enrolment_id, quiz.id)
    ]


def list_to_remind(day: date) -> Sequence[MeasureInvitation]:
    """Return the invitations without an answer whose half-way to the closing has come, each once."""
    rows = db.session.execute(
        select(MeasureInvitation, Completion.completed_on)
        .join(Completion, Completion.id == MeasureInvitation.completion_id)
        .where(
            MeasureInvitation.reminded_on.is_(None),
            Completion.completed_on >= day - FOLLOWED_FROM - FOLLOWED_FOR,
            ~_answered(Completion.enrolment_id, MeasureInvitation.unit_id),
        )
        .order_by(MeasureInvitation.id)
    )
    return [
        invitation
        for invitation, completed_on in rows
        if rules.is_reminder_due(invitation.asked_on, follow_up_days(completed_on).last, day)
    ]


def find_invited(invitation_id: UUID, day: date) -> InvitedPerson | None:
    """Return whom to write to about an invitation; None when it is too late, was answered or the person left."""
    row = db.session.execute(
        _open(day)
        .add_columns(MeasureInvitation)
        .join(MeasureInvitation, MeasureInvitation.completion_id == Completion.id)
        .where(
            MeasureInvitation.id == invitation_id,
            Person.is_active,
            Person.email.is_not(None),
            ~_answered(Completion.enrolment_id, MeasureInvitation.unit_id),
        )
    ).one_or_none()
    if row is None:
        return None
    completion, release, person, invitation = row
    return InvitedPerson(
        invitation=invitation,
        person=person,
        enrolment_id=completion.enrolment_id,
        course=release.title,
        quiz=get_quiz(invitation.unit_id),
        last_day=follow_up_days(completion.completed_on).last,
    )


def list_waiting(person_id: UUID, day: date) -> list[WaitingMeasure]:
    """Return the quizzes of the follow-up that a person may take today, in one query when there are none."""
    rows = db.session.execute(_open(day).where(Person.id == person_id).order_by(Completion.completed_on))
    return [
        WaitingMeasure(
            enrolment_id=completion.enrolment_id,
            course=release.title,
            quiz=quiz,
            last_day=follow_up_days(completion.completed_on).last,
        )
        for completion, release, _person in rows
        for quiz in measures_of(release.id)
        if not _is_answered(completion.enrolment_id, quiz.id)
    ]


def list_unanswered(person_id: UUID, day: date) -> list[tuple[FollowUp, str, str]]:
    """Return the surveys that a person was asked and may still answer, with the course's title and their address."""
    rows = db.session.execute(
        select(FollowUp, Release.title, Person.email)
        .join(Completion, Completion.id == FollowUp.completion_id)
        .join(Person, Person.id == Completion.person_id)
        .join(Release, Release.id == Completion.release_id)
        .where(Completion.person_id == person_id, FollowUp.answered_at.is_(None), FollowUp.closes_on >= day)
        .order_by(FollowUp.closes_on)
    )
    return [(found, title, email or "") for found, title, email in rows]


def _open(day: date) -> Select[Completion, Release, Person]:
    """Return the select of completions in the days of their follow-up, with what the cohort studies and whose it is."""
    return (
        select(Completion, Release, Person)
        .join(Enrolment, Enrolment.id == Completion.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Release, Release.id == Cohort.release_id)
        .join(Person, Person.id == Completion.person_id)
        .where(
            Enrolment.state == EnrolmentState.ACTIVE,
            Completion.completed_on.between(day - FOLLOWED_FROM - FOLLOWED_FOR, day - FOLLOWED_FROM),
        )
    )


def _told(completions: set[UUID]) -> set[tuple[UUID, UUID]]:
    rows = db.session.execute(
        select(MeasureInvitation.completion_id, MeasureInvitation.unit_id).where(
            MeasureInvitation.completion_id.in_(completions)
        )
    )
    return {(completion_id, unit_id) for completion_id, unit_id in rows}


def _is_answered(enrolment_id: UUID, unit_id: UUID) -> bool:
    mine = and_(Attempt.enrolment_id == enrolment_id, Attempt.unit_id == unit_id)
    return bool(db.session.scalar(select(exists().where(mine, Attempt.submitted_at.is_not(None)))))


def _answered(enrolment_id: object, unit_id: object) -> ColumnElement[bool]:
    return exists().where(
        Attempt.enrolment_id == enrolment_id,
        Attempt.unit_id == unit_id,
        Attempt.submitted_at.is_not(None),
    )
