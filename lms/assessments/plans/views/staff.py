"""The plans that people sent: the list of whoever reads them, and the answer of a focal point."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from lms.assessments.plans import access, queries, service
from lms.assessments.plans.errors import CommentNeeded
from lms.assessments.plans.forms import DecisionForm, PlanFilter
from lms.assessments.plans.models import PlanState
from lms.assessments.plans.permissions import PlanPermission
from lms.assessments.plans.queries import SentPlan
from lms.assessments.plans.words import table_of
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.db import db
from lms.core.i18n import _, _l
from lms.core.policy import requires
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, paginate
from lms.web.table_files import table_file

bp = Blueprint("plans_staff", __name__, url_prefix="/plans", template_folder="../templates")


@bp.get("/")
@requires(PlanPermission.READ)
def index() -> ResponseReturnValue:
    """List the plans in reach, those that wait longest first."""
    form = _filter()
    found = paginate(_listed(form), page_number(), read=queries.rows_of)
    rows = [queries.read_row(row) for row in found.rows]
    return render(
        "plans/index.html",
        form=form,
        page=Page(rows=rows, number=found.number, total=found.total, per_page=found.per_page),
        is_filtered=bool(form.q.data or form.wanted_state),
        here={key: value for key, value in request.args.items() if value and key != "page"},
    )


@bp.get("/plans.<ending>")
@requires(PlanPermission.READ)
def index_file(ending: str) -> ResponseReturnValue:
    """Give the whole list of the screen as CSV or as a workbook."""
    rows = [queries.read_row(row) for row in db.session.execute(queries.rows_of(_listed(_filter())))]
    return table_file(table_of(rows), title=_l("Planes de aplicación"), name="planes", ending=ending)


@bp.get("/<uuid:plan_id>")
@requires(PlanPermission.READ)
def plan_page(plan_id: UUID) -> ResponseReturnValue:
    """Show a plan with its answer, or what to answer it with."""
    return _page(access.access_sent_plan(current_actor(), plan_id), DecisionForm())


@bp.post("/<uuid:plan_id>")
@requires(PlanPermission.DECIDE)
def decide(plan_id: UUID) -> ResponseReturnValue:
    """Answer a plan in the place of the superior."""
    sent, form = access.access_plan_to_decide(current_actor(), plan_id), DecisionForm()
    if not form.validate_on_submit():
        return _page(sent, form)
    try:
        service.decide(sent, form.decision, actor=current_actor(), now=now())
    except CommentNeeded as refusal:
        form.refuse("comment", refusal.message)
        return _page(sent, form)
    say(_("Aprobó el plan.") if form.decision.is_approved else _("Pidió cambios al plan."))
    return go(url_for(".index"))


def _filter() -> PlanFilter:
    form = PlanFilter(request.args)
    form.fill()
    return form


def _listed(form: PlanFilter) -> Select[UUID]:
    return queries.plan_ids(current_actor(), text=form.q.data or "", state=form.wanted_state)


def _page(sent: SentPlan, form: DecisionForm) -> ResponseReturnValue:
    is_waiting = sent.plan.state is PlanState.SENT
    return render(
        "plans/plan.html",
        status=422 if form.errors else 200,
        sent=sent,
        form=form,
        parts=queries.parts_of(sent.attempt),
        can_decide=is_waiting and access.may_decide(current_actor(), sent.enrolment),
    )
