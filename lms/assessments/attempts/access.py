"""From an id and an actor to a quiz or an attempt, or nothing: nobody opens the answers of another person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms.assessments.attempts import queries, rules
from lms.assessments.attempts.models import Attempt
from lms.assessments.attempts.queries import QuizUnit
from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.errors import NotFound
from lms.learning.access import access_enrolment, access_study
from lms.learning.models import Enrolment, EnrolmentState
from lms.learning.queries import Study, get_cohort, read_study, studies


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """An attempt with the enrolment it belongs to and the quiz it answers."""

    attempt: Attempt
    study: Study
    quiz: QuizUnit

    def is_open(self, now: datetime) -> bool:
        """Say whether the quiz takes answers now."""
        return is_open(self.study, self.quiz, now)


def is_open(study: Study, quiz: QuizUnit, now: datetime) -> bool:
    """Say whether a quiz takes answers of a person now."""
    return rules.takes_answers(
        quiz.quiz, is_running=study.is_open(now), completed_on=study.completed_on, day=study.day(now)
    )


def access_quiz(actor: Actor, enrolment_id: UUID, unit_id: UUID) -> tuple[Study, QuizUnit]:
    """Return the actor's own enrolment with a quiz of its course; a survey of the follow-up has pages of its own."""
    study = access_study(actor, enrolment_id)
    quiz = queries.get_quiz(unit_id)
    is_elsewhere = quiz.quiz.is_survey and quiz.quiz.is_follow_up
    if study.enrolment.person_id != actor.person_id or quiz.release_id != study.release.id or is_elsewhere:
        raise NotFound
    return study, quiz


def access_quiz_of_another(
    actor: Actor, permission: Permission, enrolment_id: UUID, unit_id: UUID
) -> tuple[Enrolment, QuizUnit]:
    """Return an enrolment that the permission reaches with a quiz of its course: for whoever runs the cohort."""
    enrolment = access_enrolment(actor, permission, enrolment_id)
    quiz = queries.get_quiz(unit_id)
    if quiz.release_id != get_cohort(enrolment.cohort_id).release_id:
        raise NotFound
    return enrolment, quiz


def access_attempt(actor: Actor, attempt_id: UUID) -> Sitting:
    """Return the actor's own attempt while their enrolment counts; nobody else can tell that it exists."""
    row = db.session.execute(
        studies()
        .add_columns(Attempt)
        .join(Attempt, Attempt.enrolment_id == Enrolment.id)
        .where(
            Attempt.id == attempt_id,
            Enrolment.person_id == actor.person_id,
            Enrolment.state == EnrolmentState.ACTIVE,
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    attempt: Attempt = row[-1]
    return Sitting(attempt=attempt, study=read_study(row), quiz=queries.get_quiz(attempt.unit_id))


def check_question(sitting: Sitting, number: int) -> str:
    """Return the id of the question with this number, from 1; raises NotFound."""
    if not 1 <= number <= len(sitting.attempt.question_ids):
        raise NotFound
    return sitting.attempt.question_ids[number - 1]
