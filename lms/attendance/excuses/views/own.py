"""Asking that an absence be justified."""

from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from lms.attendance.excuses import access, service, words
from lms.attendance.excuses.access import OwnAbsence
from lms.attendance.excuses.forms import ExcuseForm
from lms.attendance.excuses.models import ExcuseState
from lms.attendance.permissions import AttendancePermission
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.core.private_files import FileNotPaper, PaperTooLarge
from lms.web.attachments import attachment
from lms.web.kit import go, render, say

bp = Blueprint("excuses", __name__, url_prefix="/attendance", template_folder="../templates")
PLACE = "/meetings/<uuid:meeting_id>/excuse"


@bp.get(PLACE)
@requires(AttendancePermission.CHECK_IN)
def own(meeting_id: UUID) -> ResponseReturnValue:
    """Show what was said of a meeting, or the form to say it."""
    absence, form = access.access_own_absence(current_actor(), meeting_id), ExcuseForm()
    if absence.excuse and absence.excuse.state is ExcuseState.PENDING:
        form.show(absence.excuse)
    return _page(absence, form)


@bp.post(PLACE)
@requires(AttendancePermission.CHECK_IN)
def ask(meeting_id: UUID) -> ResponseReturnValue:
    """Ask that the absence be justified."""
    actor = current_actor()
    absence, form = access.access_own_absence(actor, meeting_id), ExcuseForm()
    if not form.validate_on_submit():
        return _page(absence, form)
    try:
        service.ask(absence.local.meeting, absence.enrolment, form.plea, actor=actor, now=now())
    except (FileNotPaper, PaperTooLarge) as refusal:
        form.refuse("paper", refusal.message)
        return _page(absence, form)
    say(_("Su justificación se envió. Le escribiremos cuando tenga respuesta."))
    return go(url_for(".own", meeting_id=meeting_id))


@bp.post(f"{PLACE}/withdraw")
@requires(AttendancePermission.CHECK_IN)
def withdraw(meeting_id: UUID) -> ResponseReturnValue:
    """Take it back."""
    actor = current_actor()
    absence = access.access_own_absence(actor, meeting_id)
    if absence.excuse is None:
        raise NotFound
    service.withdraw(absence.excuse, actor=actor, now=now())
    say(_("Retiró la justificación; su documento se borró."))
    return go(url_for(".own", meeting_id=meeting_id))


@bp.get(f"{PLACE}/paper")
@requires(AttendancePermission.CHECK_IN)
def own_paper(meeting_id: UUID) -> ResponseReturnValue:
    """Give the person back the paper that they sent."""
    absence = access.access_own_absence(current_actor(), meeting_id)
    if absence.excuse is None or not absence.excuse.has_paper:
        raise NotFound
    kind = absence.excuse.paper_format
    return attachment(service.paper_of(absence.excuse), kind=kind, name=f"justificacion.{kind}")


def _page(absence: OwnAbsence, form: ExcuseForm) -> ResponseReturnValue:
    state = absence.excuse.state if absence.excuse else None
    return render(
        "excuses/own.html",
        status=422 if form.errors else 200,
        local=absence.local,
        excuse=absence.excuse,
        form=form,
        words=words,
        may_ask=state in {None, ExcuseState.PENDING, ExcuseState.WITHDRAWN},
        is_pending=state is ExcuseState.PENDING,
    )
