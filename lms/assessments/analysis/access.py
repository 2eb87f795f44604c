"""From an id and an actor to a quiz of a cohort's course, or nothing."""

from uuid import UUID

from lms.assessments.analysis.queries import AskedQuiz, get_asked_quiz
from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.errors import NotFound
from lms.learning.access import access_cohort
from lms.learning.models import Cohort
from lms.learning.queries import visible_cohorts


def access_asked_quiz(
    actor: Actor, permission: Permission, cohort_id: UUID, unit_id: UUID
) -> tuple[Cohort, AskedQuiz]:
    """Return a cohort that the permission reaches with a quiz of the release that it studies."""
    cohort = access_cohort(actor, permission, cohort_id)
    quiz = get_asked_quiz(unit_id)
    if quiz.release_id != cohort.release_id:
        raise NotFound
    return cohort, quiz


def may_open(actor: Actor, permission: Permission, cohort: Cohort) -> bool:
    """Say whether a permission reaches a cohort that another one already opened."""
    reached = visible_cohorts(actor, permission).where(Cohort.id == cohort.id)
    return actor.can(permission) and db.session.scalar(reached) is not None
