"""What a programme counts as hours: the version that holds, the effect of another one, all versions."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance.hours import queries, service, words
from lms.attendance.hours.forms import PolicyForm
from lms.attendance.permissions import AttendancePermission
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.programmes.access import access_programme
from lms.institutions.programmes.models import Programme
from lms.web.kit import go, render, say

bp = Blueprint("hours_policy", __name__, url_prefix="/attendance/programmes", template_folder="../templates")
SET = AttendancePermission.SET_STATES


@bp.get("/<uuid:programme_id>/hours")
@requires(SET)
def policy(programme_id: UUID) -> ResponseReturnValue:
    """Show what holds, in words and as a form, and every earlier version."""
    programme = access_programme(current_actor(), SET, programme_id)
    form = PolicyForm()
    form.show(queries.find_policy(programme.id), queries.USUAL)
    return _page(programme, form)


@bp.post("/<uuid:programme_id>/hours")
@requires(SET)
def set_policy(programme_id: UUID) -> ResponseReturnValue:
    """Show what other rules would change; save them once that was seen."""
    actor = current_actor()
    programme, form = access_programme(actor, SET, programme_id), PolicyForm()
    if not form.validate_on_submit():
        return _page(programme, form)
    if form.is_seen:
        row = service.set_policy(programme.id, form.written, actor=actor, now=now())
        say(_("Vale la versión %(version)s de la política de horas.", version=row.version))
        return go(url_for(".policy", programme_id=programme.id))
    effect = queries.effect_of(programme.id, form.written.policy, now())
    form.seen.data = form.digest
    return _page(programme, form, effect)


def _page(
    programme: Programme, form: PolicyForm, effect: queries.Effect | None = None
) -> ResponseReturnValue:
    return render(
        "hours/policy.html",
        status=422 if request.method == "POST" and form.errors else 200,
        programme=programme,
        form=form,
        effect=effect,
        states=queries.snapshot_of(programme.id),
        rules=queries.rules_of(programme.id),
        versions=queries.list_policies(programme.id),
        words=words,
    )
