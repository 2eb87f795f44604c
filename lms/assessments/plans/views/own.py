"""The page of whoever writes a plan: where it stands, who approves it, and what was said."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessments.attempts import queries as attempts
from lms.assessments.attempts.models import Attempt
from lms.assessments.attempts.queries import QuizUnit
from lms.assessments.plans import access, queries, service
from lms.assessments.plans.errors import OwnSuperior
from lms.assessments.plans.forms import SuperiorForm
from lms.assessments.plans.models import Plan, PlanState
from lms.assessments.plans.permissions import PlanPermission
from lms.core import limits
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.learning.queries import Study, find_progress
from lms.web.kit import go, render, say

bp = Blueprint("plans", __name__, url_prefix="/plans", template_folder="../templates")
PAGE = "/enrolments/<uuid:enrolment_id>/<uuid:unit_id>"
LETTERS_RULE = "10/day"
"""Letters that one person may have sent: each reaches somebody who did not ask for it."""


@bp.get(PAGE)
@requires(PlanPermission.WRITE)
def own_plan(enrolment_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Show where the plan stands."""
    study, quiz = access.access_own_plan(current_actor(), enrolment_id, unit_id)
    form, sendings = SuperiorForm(), queries.list_sendings(study.id, quiz.id)
    if sendings:
        form.show(sendings[-1])
    return _page(study, quiz, form)


@bp.post(PAGE + "/write")
@requires(PlanPermission.WRITE)
def write(enrolment_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Go on writing where the plan was left; one that came back begins with what it said."""
    study, quiz = access.access_own_plan(current_actor(), enrolment_id, unit_id)
    attempt = service.write_plan(study.enrolment, quiz, actor=current_actor(), now=now())
    return go(url_for("attempts.question", attempt_id=attempt.id, number=_first_empty(attempt)))


@bp.post(PAGE + "/send")
@requires(PlanPermission.WRITE)
def send(enrolment_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Hand the plan in and write to the superior."""
    study, quiz = access.access_own_plan(current_actor(), enrolment_id, unit_id)
    form = SuperiorForm()
    tries = attempts.list_attempts(study.id, quiz.id)
    if not tries:
        raise NotFound
    if not form.validate_on_submit():
        return _page(study, quiz, form)
    limits.spend(LETTERS_RULE, "plan-letters", str(current_actor().person_id))
    try:
        service.send_plan(tries[-1], form.superior, actor=current_actor(), now=now())
    except OwnSuperior as refusal:
        form.refuse("email", refusal.message)
        return _page(study, quiz, form)
    say(_("Enviamos su plan a %(name)s.", name=form.superior.name))
    return go(url_for(".own_plan", enrolment_id=enrolment_id, unit_id=unit_id))


@bp.post(PAGE + "/send-again")
@requires(PlanPermission.WRITE)
def send_again(enrolment_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Write to the superior once more, or to the right address."""
    study, quiz = access.access_own_plan(current_actor(), enrolment_id, unit_id)
    form, sendings = SuperiorForm(), queries.list_sendings(study.id, quiz.id)
    if not sendings:
        raise NotFound
    if not form.validate_on_submit():
        return _page(study, quiz, form)
    limits.spend(LETTERS_RULE, "plan-letters", str(current_actor().person_id))
    try:
        service.send_again(sendings[-1], form.superior, actor=current_actor(), now=now())
    except OwnSuperior as refusal:
        form.refuse("email", refusal.message)
        return _page(study, quiz, form)
    say(_("Enviamos otra vez su plan a %(name)s.", name=form.superior.name))
    return go(url_for(".own_plan", enrolment_id=enrolment_id, unit_id=unit_id))


def _page(study: Study, quiz: QuizUnit, form: SuperiorForm) -> ResponseReturnValue:
    tries, sendings = attempts.list_attempts(study.id, quiz.id), queries.list_sendings(study.id, quiz.id)
    attempt = tries[-1] if tries else None
    parts = queries.parts_of(attempt) if attempt else []
    progress = find_progress(study.id, quiz.id)
    return render(
        "plans/own.html",
        status=422 if form.errors else 200,
        study=study,
        quiz=quiz.quiz,
        unit_id=quiz.id,
        form=form,
        attempt=attempt,
        parts=parts,
        is_written=bool(parts) and all(part.text for part in parts),
        state=_state(attempt, sendings, is_finished=bool(progress and progress.finished_at)),
        last=sendings[-1] if sendings else None,
        is_open=study.is_open(now()),
        is_resending=request.endpoint == "plans.send_again",
    )


def _state(attempt: Attempt | None, sendings: Sequence[Plan], *, is_finished: bool) -> PlanState:
    if is_finished:
        return PlanState.APPROVED
    if sendings and attempt and sendings[-1].attempt_id == attempt.id:
        return sendings[-1].state
    return PlanState.CHANGES if sendings else PlanState.DRAFT


def _first_empty(attempt: Attempt) -> int:
    parts = queries.parts_of(attempt)
    return next((number for number, part in enumerate(parts, start=1) if not part.text), 1)
