"""When the reports of a programme are prepared, for whom, and whether their figures are public."""

from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.programmes.models import Programme
from lms.reports.frozen import queries, reporting, words
from lms.reports.frozen.access import access_programme_whole, access_recipient
from lms.reports.frozen.forms import OpenForm, RecipientForm, ScheduleForm
from lms.reports.frozen.permissions import FrozenPermission
from lms.web.forms import BaseForm
from lms.web.kit import go, render, say

bp = Blueprint(
    "reporting", __name__, url_prefix="/reports/quarterly/programmes", template_folder="../templates"
)
PREPARE, OPEN = FrozenPermission.PREPARE, FrozenPermission.OPEN
PROGRAMME = "/<uuid:programme_id>"


@bp.get(f"{PROGRAMME}/settings")
@requires(PREPARE)
def settings(programme_id: UUID) -> ResponseReturnValue:
    """Show how a programme reports."""
    return _page(access_programme_whole(current_actor(), PREPARE, programme_id))


@bp.post(f"{PROGRAMME}/schedule")
@requires(PREPARE)
def schedule(programme_id: UUID) -> ResponseReturnValue:
    """Say when reports are prepared."""
    actor, form = current_actor(), ScheduleForm()
    programme = access_programme_whole(actor, PREPARE, programme_id)
    if not form.validate_on_submit():
        return _page(programme, form)
    reporting.set_schedule(
        programme,
        days_after=form.days_after.data,
        sends_itself=bool(form.sends_itself.data),
        actor=actor,
        now=now(),
    )
    say(_("Se guardó el calendario."))
    return _back(programme)


@bp.post(f"{PROGRAMME}/recipients")
@requires(PREPARE)
def add_recipient(programme_id: UUID) -> ResponseReturnValue:
    """Add somebody who gets the reports."""
    actor, form = current_actor(), RecipientForm()
    programme = access_programme_whole(actor, PREPARE, programme_id)
    if not form.validate_on_submit():
        return _page(programme, form)
    reporting.add_recipient(
        programme,
        str(form.address.data),
        is_approver=bool(form.is_approver.data),
        actor=actor,
        now=now(),
    )
    say(_("Se agregó la dirección."))
    return _back(programme)


@bp.post(f"{PROGRAMME}/recipients/<uuid:recipient_id>/remove")
@requires(PREPARE)
def remove_recipient(programme_id: UUID, recipient_id: UUID) -> ResponseReturnValue:
    """Send nothing more to somebody."""
    actor = current_actor()
    programme = access_programme_whole(actor, PREPARE, programme_id)
    reporting.remove_recipient(access_recipient(programme, recipient_id), actor=actor, now=now())
    say(_("Ya no recibirá informes, y sus enlaces dejan de abrir."))
    return _back(programme)


@bp.post(f"{PROGRAMME}/open-data")
@requires(OPEN)
def open_figures(programme_id: UUID) -> ResponseReturnValue:
    """Publish the figures of a programme, or no longer."""
    actor, form = current_actor(), OpenForm()
    programme = access_programme_whole(actor, OPEN, programme_id)
    if not form.validate_on_submit():
        return _page(programme, form)
    reporting.set_open(
        programme, is_open=bool(form.is_open.data), licence=form.licence.data or "", actor=actor, now=now()
    )
    say(_("Se guardó la publicación de cifras."))
    return _back(programme)


def _page(programme: Programme, refused: BaseForm | None = None) -> ResponseReturnValue:
    kept, reach = queries.find_settings(programme.id), current_actor().reach(OPEN)
    forms = {
        kind: refused if isinstance(refused, kind) else kind(formdata=None, obj=kept)
        for kind in (ScheduleForm, RecipientForm, OpenForm)
    }
    opening = forms[OpenForm]
    if refused is not opening and not opening.licence.data:
        opening.licence.data = str(words.LICENCE)
    return render(
        "quarterly/settings.html",
        programme=programme,
        kept=kept,
        schedule=forms[ScheduleForm],
        recipient=forms[RecipientForm],
        opening=opening,
        recipients=queries.list_recipients(programme.id),
        latest=queries.latest_of(programme.id),
        can_open=reach.everywhere or programme.id in reach.programmes,
        status=422 if refused else 200,
    )


def _back(programme: Programme) -> ResponseReturnValue:
    return go(url_for(".settings", programme_id=programme.id))
