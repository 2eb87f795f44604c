"""The page of a cohort's quizzes, and what gives a person one more attempt or more time."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from lms.assessments.attempts import access, extra_time, queries, service
from lms.assessments.attempts.forms import ExtraTimeForm
from lms.assessments.attempts.permissions import AttemptPermission
from lms.assessments.attempts.queries import Asked, QuizCount
from lms.assessments.attempts.timing import WHOLE, Allowance
from lms.core.actors import Actor
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires
from lms.learning.access import access_cohort, access_enrolment
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
    cohort = access_cohort(current_actor(), AttemptPermission.READ, cohort_id)
    return _page(cohort, ExtraTimeForm())


@bp.post("/cohorts/<uuid:cohort_id>/time")
@requires(AttemptPermission.TIME)
def give_time(cohort_id: UUID) -> ResponseReturnValue:
    """Set how much time a person of the cohort has in its timed quizzes."""
    actor = current_actor()
    cohort = access_cohort(actor, AttemptPermission.TIME, cohort_id)
    form = ExtraTimeForm()
    form.fill(queries.list_people(actor, AttemptPermission.TIME, cohort_id))
    if not form.validate_on_submit():
        return _page(cohort, form)
    enrolment = access_enrolment(actor, AttemptPermission.TIME, UUID(form.person.data))
    allowance = Allowance(percent=form.percent.data or WHOLE, minutes=form.minutes.data or 0)
    extra_time.give_extra_time(enrolment, allowance, form.reason.data or "", actor=actor, now=now())
    say(_("Guardamos el tiempo de esa persona. Vale también para el intento que esté respondiendo."))
    return go(url_for(".cohort_page", cohort_id=cohort_id, _anchor="time"))


def _page(cohort: Cohort, form: ExtraTimeForm) -> ResponseReturnValue:
    actor, cohort_id = current_actor(), cohort.id
    people = queries.list_people(actor, AttemptPermission.READ, cohort_id)
    counts = queries.count_quizzes(list(people), Asked.QUIZ)
    stuck = [
        Stuck(enrolment_id=key, name=name, quiz=quiz)
        for key, name in people.items()
        for quiz in counts[key]
        if quiz.is_used_up
    ]
    form.fill(people)
    return render(
        "attempts/cohort.html",
        status=422 if form.errors else 200,
        form=form,
        times=queries.list_extra_times(people),
        has_limits=queries.has_limits(cohort.release_id),
        can_give_time=_may(actor, AttemptPermission.TIME, cohort),
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        people_count=len(people),
        quizzes=queries.total_quizzes(counts.values()),
        page=page_of(stuck, page_number()),
        can_give=_may(actor, AttemptPermission.GIVE, cohort),
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


def _may(actor: Actor, permission: AttemptPermission, cohort: Cohort) -> bool:
    """Say whether the button would work here: the actor may run other cohorts and only read this one."""
    reach = actor.reach(permission)
    return reach.everywhere or cohort.programme_id in reach.programmes or cohort.id in reach.cohorts
