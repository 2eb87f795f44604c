"""The plan of a programme: its indicators, one by one or from a file."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.core.tabular import FileUnreadable, read_csv
from lms.institutions.intake.errors import ColumnsMissing
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import list_members
from lms.reports.progress import plan, queries, words
from lms.reports.progress.access import access_indicator, access_whole
from lms.reports.progress.errors import CodeTaken
from lms.reports.progress.forms import IndicatorForm, PlanFileForm
from lms.reports.progress.intake import PlanRow, read_plan, save_plan
from lms.reports.progress.permissions import ProgressPermission
from lms.reports.progress.queries import Planned
from lms.reports.progress.views.blueprint import bp
from lms.web.kit import go, render, say
from lms.web.table_files import table_file

PLAN = "/programmes/<uuid:programme_id>/plan"


@bp.get(PLAN)
@requires(ProgressPermission.READ)
def plan_page(programme_id: UUID) -> ResponseReturnValue:
    """List the indicators of the plan."""
    programme = access_whole(current_actor(), ProgressPermission.READ, programme_id)
    return render(
        "progress/plan.html",
        programme=programme,
        plan=queries.list_plan(programme.id),
        can_manage=can_manage(programme),
        words=words,
    )


@bp.get(f"{PLAN}.<ending>")
@requires(ProgressPermission.READ)
def plan_file(programme_id: UUID, ending: str) -> ResponseReturnValue:
    """Send the plan; the CSV can be changed and sent back."""
    programme = access_whole(current_actor(), ProgressPermission.READ, programme_id)
    table = words.plan_table(queries.list_plan(programme.id))
    return table_file(table, title=_("Indicadores"), name=f"plan-{programme.code}", ending=ending)


@bp.route(f"{PLAN}/new", methods=["GET", "POST"])
@requires(ProgressPermission.MANAGE)
def new_indicator(programme_id: UUID) -> ResponseReturnValue:
    """Add an indicator."""
    return _edit(access_whole(current_actor(), ProgressPermission.MANAGE, programme_id), None)


@bp.route(f"{PLAN}/<uuid:indicator_id>/edit", methods=["GET", "POST"])
@requires(ProgressPermission.MANAGE)
def edit_indicator(programme_id: UUID, indicator_id: UUID) -> ResponseReturnValue:
    """Change an indicator."""
    programme = access_whole(current_actor(), ProgressPermission.MANAGE, programme_id)
    indicator = access_indicator(programme, indicator_id)
    return _edit(programme, queries.list_plan(programme.id, ids=[indicator.id])[0])


@bp.route(f"{PLAN}/upload", methods=["GET", "POST"])
@requires(ProgressPermission.MANAGE)
def upload_plan(programme_id: UUID) -> ResponseReturnValue:
    """Take a file of indicators: everything in it, or nothing while one row is wrong."""
    programme, form = access_whole(current_actor(), ProgressPermission.MANAGE, programme_id), PlanFileForm()
    rows: list[PlanRow] = []
    if form.validate_on_submit():
        try:
            rows = read_plan(read_csv(form.file.data.read()), programme)
        except (FileUnreadable, ColumnsMissing) as refusal:
            form.refuse("file", refusal.message)
        else:
            if not form.only_look.data and not any(row.problem for row in rows):
                save_plan(rows, programme, actor=current_actor(), now=now())
                say(n_("Se guardó un indicador.", "Se guardaron %(num)s indicadores.", len(rows)))
                return _back(programme)
    problems = [row for row in rows if row.problem]
    return render(
        "progress/upload.html",
        programme=programme,
        form=form,
        rows=rows,
        problems=problems,
        status=422 if form.errors or problems else 200,
    )


def can_manage(programme: Programme) -> bool:
    """Say whether the actor keeps the plan of a programme."""
    reach = current_actor().reach(ProgressPermission.MANAGE)
    return reach.everywhere or programme.id in reach.programmes


def _edit(programme: Programme, planned: Planned | None) -> ResponseReturnValue:
    form = IndicatorForm()
    kept = {place.id: place.name for place in planned.responsible} if planned else {}
    members = {each.institution_id: each.name for each in list_members(programme.id, today())}
    form.fill({**members, **kept}.items())
    if request.method == "GET" and planned:
        form.show(planned)
    if form.validate_on_submit():
        indicator = planned.indicator if planned else None
        try:
            plan.set_indicator(
                programme, form.values(), indicator=indicator, actor=current_actor(), now=now()
            )
        except CodeTaken as refusal:
            form.refuse("number", refusal.message)
        else:
            say(_("Indicador guardado."))
            return _back(programme)
    return render(
        "progress/indicator.html",
        programme=programme,
        form=form,
        planned=planned,
        status=422 if form.errors else 200,
    )


def _back(programme: Programme) -> ResponseReturnValue:
    return go(url_for("progress.plan_page", programme_id=programme.id))
