"""The page of a cohort's quizzes, and the button that gives a person one more attempt."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from lms.assessments.attempts import access, queries, service
from lms.assessments.attempts.permissions import AttemptPermission
from lms.assessments.attempts.queries import QuizCount
from lms.core.actors import Actor
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires
from lms.learning.access import access_cohort
from lms.learning.models import Cohort
from lms.learning.tabs import tabs_of
from lms.web.kit import go, page_number, render, say
from lms.web.paging import page_of

bp = Blueprint("cohort_quizzes", __name__, url_prefix="/assessments", template_folder="../templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """A person who used up the attempts at a quiz."""

    enrolment_id: UUID
    name: str
    quiz: QuizCount


@bp.get("/cohorts/<uuid:cohort_id>")
@requires(AttemptPermission.READ)
def cohort_page(cohort_id: UUID) -> ResponseReturnValue:
    """Show how many people passed each quiz, and who has no attempts left."""
    actor = current_actor()
    cohort = access_cohort(actor, AttemptPermission.READ, cohort_id)
    people = queries.list_people(actor, AttemptPermission.READ, cohort_id)
    counts = queries.count_quizzes(list(people))
    stuck = [
        Stuck(enrolment_id=key, name=name, quiz=quiz)
        for key, name in people.items()
        for quiz in counts[key]
        if quiz.is_used_up
    ]
    return render(
        "attempts/cohort.html",
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        people_count=len(people),
        quizzes=queries.total_quizzes(counts.values()),
        page=page_of(stuck, page_number()),
        can_give=_may_give(actor, cohort),
    )


@bp.post("/enrolments/<uuid:enrolment_id>/quizzes/<uuid:unit_id>/extra")
@requires(AttemptPermission.GIVE)
def give_extra(enrolment_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Give a person one more attempt at a quiz."""
    actor = current_actor()
    enrolment, quiz = access.access_quiz_of_another(actor, AttemptPermission.GIVE, enrolment_id, unit_id)
    service.give_extra_attempt(enrolment, quiz, actor=actor, now=now())
    say(_("Le dio un intento más de «%(quiz)s».", quiz=quiz.quiz.title))
    return go(url_for(".cohort_page", cohort_id=enrolment.cohort_id))


def _may_give(actor: Actor, cohort: Cohort) -> bool:
    """Say whether the button would work here: the actor may run other cohorts and only read this one."""
    reach = actor.reach(AttemptPermission.GIVE)
    return reach.everywhere or cohort.programme_id in reach.programmes or cohort.id in reach.cohorts
