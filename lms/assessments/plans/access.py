"""From an id and an actor to a plan, or nothing."""

from uuid import UUID

from lms.assessments.attempts.access import access_quiz
from lms.assessments.attempts.queries import QuizUnit
from lms.assessments.plans import queries
from lms.assessments.plans.permissions import PlanPermission
from lms.assessments.plans.queries import SentPlan
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.learning.access import access_enrolment
from lms.learning.models import Enrolment
from lms.learning.queries import Study, enrolment_condition


def access_own_plan(actor: Actor, enrolment_id: UUID, unit_id: UUID) -> tuple[Study, QuizUnit]:
    """Return the actor's own enrolment with a page of its course that asks for a plan."""
    study, quiz = access_quiz(actor, enrolment_id, unit_id)
    if not quiz.quiz.is_plan:
        raise NotFound
    return study, quiz


def access_sent_plan(actor: Actor, plan_id: UUID) -> SentPlan:
    """Return a plan that was sent and that the actor may read."""
    found = queries.find_reached(actor, plan_id)
    if found is None:
        raise NotFound
    return found


def access_plan_to_decide(actor: Actor, plan_id: UUID) -> SentPlan:
    """Return a plan that the actor may answer."""
    found = access_sent_plan(actor, plan_id)
    access_enrolment(actor, PlanPermission.DECIDE, found.enrolment.id)
    return found


def may_decide(actor: Actor, enrolment: Enrolment) -> bool:
    """Say whether the actor may answer the plan of this person, who is somebody else."""
    reached = enrolment_condition(actor, PlanPermission.DECIDE)
    is_reached = db.session.query(Enrolment.id).where(Enrolment.id == enrolment.id, reached).first()
    return is_reached is not None and enrolment.person_id != actor.person_id
