"""Reads about the survey."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, extract, func, or_, select

from lms.accounts.models import Person
from lms.accounts.queries import is_real_person
from lms.assessments.follow_up import rules
from lms.assessments.follow_up.models import (
    FollowUp,
    FollowUpAnswer,
    FollowUpSetting,
    LetterRefusal,
    Respondent,
)
from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.errors import NotFound
from lms.courses.models import Release
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState
from lms.learning.queries import enrolment_condition


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSurvey:
    """A survey with whose completion it is about."""

    follow_up: FollowUp
    person: Person
    course: str
    release_id: UUID
    """The release that was completed, whose own survey is asked where it has one."""
    sector: str | None
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What one kind of respondent said, with how many were asked."""

    response: rules.Response
    items: Sequence[rules.ItemFigures]
    texts: Sequence[str] = ()


def get_survey(follow_up_id: UUID) -> AskedSurvey:
    """Return a survey; raises NotFound."""
    row = db.session.execute(
        select(FollowUp, Person, Release.title, Release.id, Enrolment.sector, Programme.country)
        .join(Completion, Completion.id == FollowUp.completion_id)
        .join(Enrolment, Enrolment.id == Completion.enrolment_id)
        .join(Programme, Programme.id == Completion.programme_id)
        .join(Person, Person.id == Completion.person_id)
        .join(Release, Release.id == Completion.release_id)
        .where(FollowUp.id == follow_up_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return AskedSurvey(
        follow_up=row[0], person=row[1], course=row[2], release_id=row[3], sector=row[4], country=row[5]
    )


def find_setting(programme_id: UUID) -> FollowUpSetting | None:
    """Return when a programme asks; None when it does not."""
    return db.session.get(FollowUpSetting, programme_id)


def list_settings() -> Sequence[FollowUpSetting]:
    """Return every programme that asks."""
    return db.session.scalars(select(FollowUpSetting).order_by(FollowUpSetting.programme_id)).all()


def list_to_ask(setting: FollowUpSetting, today: date) -> list[tuple[Completion, str]]:
    """Return the completions whose day has come and not passed by a month, with the address to write to."""
    last = today - timedelta(days=setting.day)
    rows = db.session.execute(
        select(Completion, Person.email)
        .join(Person, Person.id == Completion.person_id)
        .join(Enrolment, Enrolment.id == Completion.enrolment_id)
        .outerjoin(FollowUp, FollowUp.completion_id == Completion.id)
        .where(
            Completion.programme_id == setting.programme_id,
            Completion.completed_on.between(last - rules.OPEN_FOR + rules.LEAST_APART, last),
            FollowUp.id.is_(None),
            Enrolment.state == EnrolmentState.ACTIVE,
            Person.is_active,
            Person.email.is_not(None),
        )
        .order_by(Completion.id)
    )
    return [(completion, email or "") for completion, email in rows]


def list_open(today: date) -> Sequence[FollowUp]:
    """Return the surveys of programmes that still ask which may be answered and lack an answer."""
    return db.session.scalars(
        select(FollowUp)
        .join(Completion, Completion.id == FollowUp.completion_id)
        .join(FollowUpSetting, FollowUpSetting.programme_id == Completion.programme_id)
        .where(
            FollowUp.closes_on >= today,
            or_(
                FollowUp.answered_at.is_(None),
                and_(FollowUp.superior_email != "", FollowUp.superior_answered_at.is_(None)),
            ),
        )
        .order_by(FollowUp.id)
    ).all()


def list_with_useless_address(today: date) -> Sequence[FollowUp]:
    """Return the surveys that still hold the address of a superior to whom no letter can follow."""
    is_over = or_(FollowUp.closes_on < today, FollowUp.superior_answered_at.is_not(None))
    return db.session.scalars(select(FollowUp).where(FollowUp.superior_email != "", is_over)).all()


def is_refused(digest: str) -> bool:
    """Say whether an address asked for no more letters."""
    return db.session.get(LetterRefusal, digest) is not None


def list_years(programme_id: UUID) -> list[int]:
    """Return the years of a programme's completions that were asked about, the latest first."""
    year = extract("year", Completion.completed_on)
    rows = db.session.scalars(
        select(year)
        .join(FollowUp, FollowUp.completion_id == Completion.id)
        .where(Completion.programme_id == programme_id)
        .distinct()
    )
    return sorted((int(row) for row in rows), reverse=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCohort:
    """A cohort of which some people were asked."""

    id: UUID
    name: str
    release_id: UUID


def list_asked_cohorts(
    actor: Actor, permission: Permission, programme_id: UUID, year: int | None
) -> list[AskedCohort]:
    """Return the cohorts of a programme of which the permission reaches somebody who was asked, the latest first."""
    rows = db.session.execute(
        _joined(select(Cohort.id, Cohort.name, Completion.release_id, Cohort.starts_on))
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(_reached(actor, permission, programme_id, year))
        .distinct()
        .order_by(Cohort.starts_on.desc(), Cohort.id)
    )
    return [AskedCohort(id=row[0], name=row[1], release_id=row[2]) for row in rows]


def answers_of(
    actor: Actor,
    permission: Permission,
    programme_id: UUID,
    year: int | None,
    *,
    own: Mapping[Respondent, Collection[UUID]],
) -> dict[Respondent, Answers]:
    """Return what was answered about a programme's completions that the permission reaches, in two queries.

    ``own`` are the releases that ask questions of their own, by who answers: those have totals of their own.
    """
    wanted = _reached(actor, permission, programme_id, year)
    counts = _joined(_counts(own)).where(wanted)
    asked, answered, superiors, replies = db.session.execute(counts).one()
    values: dict[tuple[Respondent, str], list[int]] = {}
    texts: list[str] = []
    rows = _joined(
        select(FollowUpAnswer.respondent, FollowUpAnswer.question, FollowUpAnswer.value, FollowUpAnswer.text)
    )
    for respondent, question, value, text in db.session.execute(
        rows.join(FollowUpAnswer, FollowUpAnswer.follow_up_id == FollowUp.id).where(wanted)
    ):
        if value is None:
            texts.append(text)
        else:
            values.setdefault((respondent, question), []).append(value)
    return {
        Respondent.SELF: Answers(
            response=rules.Response(asked=asked, answered=answered),
            items=_figures(rules.SELF_ITEMS, values, Respondent.SELF),
            texts=rules.texts_to_show(texts),
        ),
        Respondent.SUPERIOR: Answers(
            response=rules.Response(asked=superiors, answered=replies),
            items=_figures(rules.SUPERIOR_ITEMS, values, Respondent.SUPERIOR),
        ),
    }


def _figures(
    items: Any, values: dict[tuple[Respondent, str], list[int]], respondent: Respondent
) -> list[rules.ItemFigures]:
    mine = {question: found for (who, question), found in values.items() if who is respondent}
    return rules.figures_of(items, mine)


def _reached(
    actor: Actor, permission: Permission, programme_id: UUID, year: int | None
) -> ColumnElement[bool]:
    reached = [
        Completion.programme_id == programme_id,
        enrolment_condition(actor, permission),
        is_real_person(Enrolment.person_id),
    ]
    if year is not None:
        reached.append(extract("year", Completion.completed_on) == year)
    return and_(*reached)


def _counts(own: Mapping[Respondent, Collection[UUID]]) -> Any:
    usual, usual_superior = (
        Completion.release_id.not_in(own[who]) for who in (Respondent.SELF, Respondent.SUPERIOR)
    )
    return select(
        func.count(case((usual, FollowUp.id))),
        func.count(case((usual, FollowUp.answered_at))),
        func.count(case((usual_superior, FollowUp.superior_asked_on))),
        func.count(case((usual_superior, FollowUp.superior_answered_at))),
    )


def _joined(statement: Any) -> Any:
    return (
        statement.select_from(FollowUp)
        .join(Completion, Completion.id == FollowUp.completion_id)
        .join(Enrolment, Enrolment.id == Completion.enrolment_id)
    )
