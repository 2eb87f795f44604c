"""Answering justifications."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance.excuses import access, queries, service, words
from lms.attendance.excuses.errors import SentenceNeeded
from lms.attendance.excuses.forms import DecisionForm, ExcuseFilter
from lms.attendance.excuses.models import ExcuseState
from lms.attendance.excuses.queries import AskedExcuse
from lms.attendance.permissions import AttendancePermission
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.web.attachments import attachment
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, paginate

bp = Blueprint("excuses_staff", __name__, url_prefix="/attendance/excuses", template_folder="../templates")


@bp.get("/")
@requires(AttendancePermission.KEEP_REGISTER)
def index() -> ResponseReturnValue:
    """List the justifications of the cohorts whose register the actor keeps; those that wait come first."""
    form = ExcuseFilter(request.args)
    form.fill()
    found = paginate(
        queries.rows(current_actor(), text=form.q.data or "", state=form.wanted_state), page_number()
    )
    rows = [queries.read_row(row) for row in found.rows]
    return render(
        "excuses/index.html",
        form=form,
        page=Page(rows=rows, number=found.number, total=found.total, per_page=found.per_page),
        is_filtered=bool(form.q.data or form.wanted_state),
        words=words,
    )


@bp.get("/<uuid:excuse_id>")
@requires(AttendancePermission.KEEP_REGISTER)
def excuse_page(excuse_id: UUID) -> ResponseReturnValue:
    """Show a justification with its answer, or what to answer it with."""
    return _page(access.access_excuse_as_keeper(current_actor(), excuse_id), DecisionForm())


@bp.post("/<uuid:excuse_id>")
@requires(AttendancePermission.KEEP_REGISTER)
def decide(excuse_id: UUID) -> ResponseReturnValue:
    """Answer it."""
    actor = current_actor()
    asked, form = access.access_excuse_as_keeper(actor, excuse_id), DecisionForm()
    if not form.validate_on_submit():
        return _page(asked, form)
    try:
        service.decide(
            asked.excuse, asked.local.meeting, asked.enrolment, form.decision, actor=actor, now=now()
        )
    except SentenceNeeded as refusal:
        form.refuse("answer", refusal.message)
        return _page(asked, form)
    say(_("Se aceptó: la falta queda justificada.") if form.decision.is_accepted else _("No se aceptó."))
    return go(url_for(".index"))


@bp.get("/<uuid:excuse_id>/paper")
@requires(AttendancePermission.KEEP_REGISTER)
def paper(excuse_id: UUID) -> ResponseReturnValue:
    """Give the paper to whoever decides."""
    asked = access.access_excuse_as_keeper(current_actor(), excuse_id)
    if not asked.excuse.has_paper:
        raise NotFound
    kind = asked.excuse.paper_format
    return attachment(service.paper_of(asked.excuse), kind=kind, name=f"justificacion.{kind}")


def _page(asked: AskedExcuse, form: DecisionForm) -> ResponseReturnValue:
    return render(
        "excuses/excuse.html",
        status=422 if form.errors else 200,
        asked=asked,
        excuse=asked.excuse,
        local=asked.local,
        form=form,
        words=words,
        is_pending=asked.excuse.state is ExcuseState.PENDING,
    )
