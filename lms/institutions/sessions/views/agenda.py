"""The agenda of a session: its points, in order, without any script."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.sessions import queries, service
from lms.institutions.sessions.access import access_part
from lms.institutions.sessions.forms import ItemForm
from lms.institutions.sessions.models import AgendaItem, Sitting
from lms.institutions.sessions.views.blueprint import MANAGE, back, bp, form_page, managed
from lms.web.kit import render, say

ITEM = "/<uuid:sitting_id>/agenda/<uuid:agenda_item_id>"


@bp.route("/<uuid:sitting_id>/agenda/new", methods=["GET", "POST"])
@requires(MANAGE)
def add_item(sitting_id: UUID) -> ResponseReturnValue:
    """Add a point at the end."""
    sitting, form = managed(sitting_id), ItemForm()
    if form.validate_on_submit():
        title, note = str(form.title.data), form.note.data or ""
        service.add_item(sitting, title, note, actor=current_actor(), now=now())
        say(_("Punto agregado."))
        return back(sitting, "agenda")
    return form_page(sitting, form, _("Agregar un punto"))


@bp.route(f"{ITEM}/edit", methods=["GET", "POST"])
@requires(MANAGE)
def edit_item(sitting_id: UUID, agenda_item_id: UUID) -> ResponseReturnValue:
    """Change what a point says."""
    sitting, item = _item(sitting_id, agenda_item_id)
    form = ItemForm()
    if request.method == "GET":
        form.show(item)
    if form.validate_on_submit():
        title, note = str(form.title.data), form.note.data or ""
        service.change_item(sitting, item, title, note, actor=current_actor(), now=now())
        say(_("Punto guardado."))
        return back(sitting, "agenda")
    return form_page(sitting, form, _("Cambiar el punto"))


@bp.post(f"{ITEM}/move")
@requires(MANAGE)
def move_item(sitting_id: UUID, agenda_item_id: UUID) -> ResponseReturnValue:
    """Move a point one place up or down."""
    sitting, item = _item(sitting_id, agenda_item_id)
    up = request.form.get("direction") == "up"
    service.move_item(sitting, item, up=up, actor=current_actor(), now=now())
    return back(sitting, "agenda")


@bp.route(f"{ITEM}/remove", methods=["GET", "POST"])
@requires(MANAGE)
def remove_item(sitting_id: UUID, agenda_item_id: UUID) -> ResponseReturnValue:
    """Ask, then take a point out."""
    sitting, item = _item(sitting_id, agenda_item_id)
    if request.method == "GET":
        return render("sittings/remove_item.html", sitting=sitting, item=item)
    service.remove_item(sitting, item, actor=current_actor(), now=now())
    say(_("Punto quitado."))
    return back(sitting, "agenda")


def _item(sitting_id: UUID, item_id: UUID) -> tuple[Sitting, AgendaItem]:
    sitting = managed(sitting_id)
    return sitting, access_part(queries.find_part(AgendaItem, sitting, item_id))
