"""What a programme calls the ways to have attended, what each is worth and how long one must stay."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance import states, words
from lms.attendance.credits import minimum_share_of, states_of
from lms.attendance.forms import StatesForm, states_form
from lms.attendance.permissions import AttendancePermission
from lms.attendance.views.blueprint import bp
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.db import db
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.programmes.access import access_programme
from lms.institutions.programmes.queries import visible_to
from lms.web.kit import go, render, say

SET = AttendancePermission.SET_STATES


@bp.get("/attendance/states")
@requires(SET)
def states_index() -> ResponseReturnValue:
    """List the programmes whose states the actor may change."""
    found = db.session.scalars(visible_to(current_actor(), SET)).all()
    return render("attendance/states_index.html", programmes=sorted(found, key=lambda each: each.name))


@bp.route("/attendance/programmes/<uuid:programme_id>/states", methods=["GET", "POST"])
@requires(SET)
def programme_states(programme_id: UUID) -> ResponseReturnValue:
    """Show a programme's states and change what they are called and worth."""
    actor = current_actor()
    programme = access_programme(actor, SET, programme_id)
    known = states_of(programme.id)
    form: StatesForm = states_form(known)
    if request.method == "GET":
        form.show(known, minimum_share_of(programme.id))
    if form.validate_on_submit():
        changed = states.set_states(
            programme.id, form.values(known), minimum_share=form.share(), actor=actor, now=now()
        )
        say(_("Cambios guardados.") if changed else _("No había cambios que guardar."))
        return go(url_for(".programme_states", programme_id=programme.id))
    return render(
        "attendance/programme_states.html",
        form=form,
        programme=programme,
        known=known,
        words=words,
        status=422 if form.errors else 200,
    )
