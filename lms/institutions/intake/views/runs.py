"""Pages about a long file of people: how far it is, what each row would do, saving it."""

from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires
from lms.core.tabular import to_csv, to_xlsx
from lms.core.workbooks import Form
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.intake import reports, runs
from lms.institutions.intake.access import access_run
from lms.institutions.intake.forms import ConfirmPeopleForm
from lms.institutions.intake.kinds import PEOPLE
from lms.institutions.intake.models import IntakeRun, RunState
from lms.institutions.intake.rules import Outcome
from lms.web.kit import go, is_fragment_request, page_number, render, say

bp = Blueprint("long_files", __name__, url_prefix="/people/import/long", template_folder="../templates")
MANAGE = DirectoryPermission.MANAGE_PEOPLE
MEDIA = {True: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False: "text/csv"}
BUSY = {RunState.JUDGING, RunState.SAVING}


@bp.get("/<uuid:run_id>")
@requires(MANAGE)
def page(run_id: UUID) -> ResponseReturnValue:
    """Show how far a long file is, and what its rows would do once all are judged."""
    run = access_run(current_actor(), run_id)
    if run.state in BUSY:
        return render("intake/progress.html", fragment="intake/_progress.html", kind=PEOPLE, run=run)
    if is_fragment_request():
        return Response("", headers={"HX-Refresh": "true"})
    return _review(run)


@bp.post("/<uuid:run_id>")
@requires(MANAGE)
def confirm(run_id: UUID) -> ResponseReturnValue:
    """Order that a judged file is saved."""
    run, form = access_run(current_actor(), run_id), ConfirmPeopleForm()
    if form.validate_on_submit():
        runs.confirm_run(run, form.wishes, now=now())
        say(_("El archivo se está guardando por partes. Puede cerrar esta página."), "info")
    return go(url_for(".page", run_id=run.id))


@bp.post("/<uuid:run_id>/resume")
@requires(MANAGE)
def resume(run_id: UUID) -> ResponseReturnValue:
    """Go on with a file whose work stands still."""
    run = access_run(current_actor(), run_id)
    runs.resume_run(run, now=now())
    say(_("Sigue desde la primera parte que falta; lo guardado no se repite."), "info")
    return go(url_for(".page", run_id=run.id))


@bp.get("/<uuid:run_id>/errors")
@requires(MANAGE)
def left_out(run_id: UUID) -> ResponseReturnValue:
    """Give back the rows that are not saved, each with its reason, in the format that came."""
    run = access_run(current_actor(), run_id)
    table, name = reports.left_out(run), f"errores-personas.{run.file_format}"
    is_book = run.file_format == Form.XLSX.value
    content = to_xlsx(table, title=_("Filas por corregir")) if is_book else to_csv(table)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=MEDIA[is_book], headers=disposition)


def _review(run: IntakeRun) -> ResponseReturnValue:
    counts = reports.count_rows(run)
    wanted = request.args.get("outcome", "")
    chosen = Outcome(wanted) if wanted in set(Outcome) else None
    return render(
        "intake/long.html",
        kind=PEOPLE,
        run=run,
        form=ConfirmPeopleForm(),
        is_saved=run.state is RunState.SAVED,
        tally=counts.saved if run.state is RunState.SAVED else counts.judged,
        judged=counts.judged,
        wanted=wanted,
        outcomes=Outcome,
        page=reports.verdict_page(run, counts.judged, chosen, page_number()),
    )
