"""Reads about surveys: which a cohort answers, and what each of its people answered, without names."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select

from lms.accounts.queries import is_real_person
from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.attempts.queries import QuizUnit, get_quiz
from lms.assessments.follow_up.models import FollowUp, FollowUpReply
from lms.assessments.gain.queries import namer
from lms.assessments.surveys.items import Answers, read_answer
from lms.assessments.surveys.rules import Response
from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.courses.models import UnitKind
from lms.courses.queries import list_outline
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.queries import get_programme
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState
from lms.learning.queries import enrolment_condition
from lms.plugins.questions import Config


def list_surveys(cohort: Cohort) -> list[QuizUnit]:
    """Return the surveys of a cohort's course in their order, those of the follow-up last.

    A cohort that moved to another release has those of the releases that people completed before, too.
    """
    completed = select(Completion.release_id).join(Enrolment, Enrolment.id == Completion.enrolment_id)
    others = db.session.scalars(completed.where(Enrolment.cohort_id == cohort.id).distinct())
    earlier = [each for each in others if each != cohort.release_id]
    surveys = [*_surveys(cohort.release_id), *(each for old in earlier for each in _surveys(old))]
    return sorted(surveys, key=lambda unit: (unit.quiz.is_follow_up, unit.quiz.is_for_superior))


def list_responses(
    actor: Actor, permission: Permission, cohort: Cohort, survey: QuizUnit, *, day: date
) -> list[Response]:
    """Return one response for each person of a cohort whom the permission reaches and who was asked."""
    reached = and_(
        enrolment_condition(actor, permission),
        Enrolment.cohort_id == cohort.id,
        Enrolment.state == EnrolmentState.ACTIVE,
        is_real_person(Enrolment.person_id),
    )
    people = _followed(reached, survey) if survey.quiz.is_follow_up else _studying(reached, survey)
    given = _replies(reached, survey.id) if survey.quiz.is_follow_up else _answers(reached, survey.id)
    name = namer(actor, permission, get_programme(cohort.programme_id), day)
    return [
        Response(
            place=(name(path, institution), sector),
            is_answered=answered_at is not None,
            answers=_read(survey.questions, given(key)) if answered_at is not None else {},
        )
        for key, sector, institution, path, answered_at in db.session.execute(people)
    ]


def _surveys(release_id: UUID) -> list[QuizUnit]:
    units = [unit for module in list_outline(release_id, is_whole=True) for unit in module.units]
    found = [get_quiz(unit.id) for unit in units if unit.kind is UnitKind.QUIZ]
    return [each for each in found if each.quiz.is_survey]


Given = Callable[[UUID], Mapping[str, Sequence[str]]]


def _read(questions: Mapping[str, Config], given: Mapping[str, Sequence[str]]) -> Answers:
    found: Answers = {}
    for question_id, chosen in given.items():
        if question_id in questions:
            found |= read_answer(questions[question_id], chosen)
    return found


def _studying(reached: ColumnElement[bool], survey: QuizUnit) -> Select[UUID, str | None, str, str, object]:
    """Return everybody who takes part: the survey is on the way of all of them."""
    handed_in = and_(
        Attempt.enrolment_id == Enrolment.id,
        Attempt.unit_id == survey.id,
        Attempt.submitted_at.is_not(None),
    )
    return (
        select(Enrolment.id, Enrolment.sector, Institution.name, Institution.path, Attempt.submitted_at)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .outerjoin(Attempt, handed_in)
        .where(reached)
    )


def _followed(reached: ColumnElement[bool], survey: QuizUnit) -> Select[UUID, str | None, str, str, object]:
    """Return who was written to months later about the release that asks this survey."""
    is_for_superior = survey.quiz.is_for_superior
    answered_at = FollowUp.superior_answered_at if is_for_superior else FollowUp.answered_at
    statement = (
        select(FollowUp.id, Enrolment.sector, Institution.name, Institution.path, answered_at)
        .join(Completion, Completion.id == FollowUp.completion_id)
        .join(Enrolment, Enrolment.id == Completion.enrolment_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .where(reached, Completion.release_id == survey.release_id)
    )
    return statement.where(FollowUp.superior_asked_on.is_not(None)) if is_for_superior else statement


def _answers(reached: ColumnElement[bool], unit_id: UUID) -> Given:
    rows = db.session.execute(
        select(Attempt.enrolment_id, Answer.question_id, Answer.chosen)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(reached, Attempt.unit_id == unit_id, Attempt.submitted_at.is_not(None))
    )
    return _by_key([(key, question_id, chosen) for key, question_id, chosen in rows])


def _replies(reached: ColumnElement[bool], unit_id: UUID) -> Given:
    rows = db.session.execute(
        select(FollowUpReply.follow_up_id, FollowUpReply.question_id, FollowUpReply.chosen)
        .join(FollowUp, FollowUp.id == FollowUpReply.follow_up_id)
        .join(Completion, Completion.id == FollowUp.completion_id)
        .join(Enrolment, Enrolment.id == Completion.enrolment_id)
        .where(reached, FollowUpReply.unit_id == unit_id)
    )
    return _by_key([(key, question_id, chosen) for key, question_id, chosen in rows])


def _by_key(rows: Sequence[tuple[UUID, str, list[str]]]) -> Given:
    found: dict[UUID, dict[str, list[str]]] = {}
    for key, question_id, chosen in rows:
        found.setdefault(key, {})[question_id] = chosen
    return lambda key: found.get(key, {})
