"""Move one person to another cohort: choose it, see what becomes of what they did, and only then do it."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.queries import get_person
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import DomainError, NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.learning import access, person_moves, queries
from lms.learning.errors import CohortFull, CourseCompleted, EnrolledThere, EnrolmentInactive
from lms.learning.forms import PersonMoveForm
from lms.learning.models import Cohort, Enrolment
from lms.learning.moving import Effect
from lms.learning.permissions import LearningPermission
from lms.web.kit import go, render, say

bp = Blueprint("person_moves", __name__, url_prefix="/learning/enrolments")
MANAGE = LearningPermission.MANAGE_COHORTS
REFUSALS = (CohortFull, CourseCompleted, EnrolledThere, EnrolmentInactive)


@bp.get("/<uuid:enrolment_id>/move")
@requires(MANAGE)
def move(enrolment_id: UUID) -> ResponseReturnValue:
    """Show the other cohorts of the course and, for the chosen one, what moving would do. Nothing changes."""
    enrolment = access.access_enrolment(current_actor(), MANAGE, enrolment_id)
    offered = _offered(enrolment)
    chosen = _chosen(offered, request.args["cohort"]) if request.args.get("cohort") else None
    return _page(enrolment, offered, chosen, PersonMoveForm())


@bp.post("/<uuid:enrolment_id>/move")
@requires(MANAGE)
def confirm(enrolment_id: UUID) -> ResponseReturnValue:
    """Move the person to the cohort that was shown."""
    actor = current_actor()
    enrolment, form = access.access_enrolment(actor, MANAGE, enrolment_id), PersonMoveForm()
    offered = _offered(enrolment)
    chosen = _chosen(offered, request.form.get("cohort", ""))
    if not form.validate_on_submit():
        return _page(enrolment, offered, chosen, form)
    try:
        person_moves.move_person(
            enrolment,
            chosen,
            reason=form.reason.data or "",
            ask_again=request.form.get("ask_again") == "1",
            actor=actor,
            now=now(),
        )
    except REFUSALS as refusal:
        say(refusal.message, "error")
        return go(url_for(".move", enrolment_id=enrolment.id))
    say(_("Ahora estudia con la cohorte «%(cohort)s». Se le avisa por correo.", cohort=chosen.name))
    return go(url_for("enrolments.enrolment_page", enrolment_id=enrolment.id))


def _offered(enrolment: Enrolment) -> Sequence[Cohort]:
    return person_moves.offered_cohorts(enrolment, actor=current_actor(), now=now())


def _chosen(offered: Sequence[Cohort], cohort_id: str) -> Cohort:
    """Return one of the cohorts to which the person could move."""
    found = next((each for each in offered if str(each.id) == cohort_id), None)
    if found is None:
        raise NotFound
    return found


def _page(
    enrolment: Enrolment, offered: Sequence[Cohort], chosen: Cohort | None, form: PersonMoveForm
) -> ResponseReturnValue:
    plan, refusal = None, None
    if chosen:
        try:
            plan = person_moves.plan_person_move(enrolment, chosen)
        except DomainError as error:
            refusal = error.message
    return render(
        "learning/person_move.html",
        enrolment=enrolment,
        person=get_person(enrolment.person_id),
        cohort=queries.get_cohort(enrolment.cohort_id),
        offered=offered,
        chosen=chosen,
        plan=plan,
        refusal=refusal,
        form=form,
        effects=Effect,
        status=422 if form.errors else 200,
    )
