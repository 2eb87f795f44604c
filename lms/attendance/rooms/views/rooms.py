"""The rooms of a meeting: whose each is, and from where its list, code, tablet and sheet are reached."""

from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from lms.attendance.access import access_meeting_as_keeper
from lms.attendance.kiosk.queries import has_kiosk_in
from lms.attendance.paper.queries import has_sheet_in
from lms.attendance.permissions import AttendancePermission
from lms.attendance.queries import LocalMeeting
from lms.attendance.rooms import access, queries, service
from lms.attendance.rooms.errors import RoomNameTaken, RoomUsed
from lms.attendance.rooms.forms import RoomForm
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.web.kit import go, render, say

bp = Blueprint("rooms", __name__, url_prefix="/attendance", template_folder="../templates")
KEEP = AttendancePermission.KEEP_REGISTER


@bp.get("/meetings/<uuid:meeting_id>/rooms")
@requires(KEEP)
def at_meeting(meeting_id: UUID) -> ResponseReturnValue:
    """List the rooms of a meeting with how many are expected and came."""
    local = access_meeting_as_keeper(current_actor(), meeting_id)
    return _page(local, _form(local))


@bp.post("/meetings/<uuid:meeting_id>/rooms")
@requires(KEEP)
def add(meeting_id: UUID) -> ResponseReturnValue:
    """Let a meeting happen in one room more."""
    actor = current_actor()
    local = access_meeting_as_keeper(actor, meeting_id)
    form = _form(local)
    if not form.validate_on_submit():
        return _page(local, form)
    group = access.access_group_as_keeper(actor, UUID(form.group.data)) if form.group.data else None
    try:
        service.open_rooms(local.meeting, [(form.name.data or "", group)], actor=actor, now=now())
    except RoomNameTaken as refusal:
        form.refuse("name", refusal.message)
        return _page(local, form)
    say(_("Sala agregada."))
    return go(url_for(".at_meeting", meeting_id=local.id))


@bp.post("/meetings/<uuid:meeting_id>/rooms/each")
@requires(KEEP)
def add_each(meeting_id: UUID) -> ResponseReturnValue:
    """Give every group of the cohort that has none a room of its name."""
    actor = current_actor()
    local = access_meeting_as_keeper(actor, meeting_id)
    rooms = queries.list_rooms([local.id])
    taken = {room.group_id for room in rooms}
    names = {room.name for room in rooms}
    groups = [each.group for each in queries.list_groups(local.cohort.id)]
    wanted = [(each.name, each) for each in groups if each.id not in taken and each.name not in names]
    if wanted:
        service.open_rooms(local.meeting, wanted, actor=actor, now=now())
    say(n_("Se agregó una sala.", "Se agregaron %(num)s salas.", len(wanted)))
    return go(url_for(".at_meeting", meeting_id=local.id))


@bp.post("/rooms/<uuid:room_id>/remove")
@requires(KEEP)
def remove(room_id: UUID) -> ResponseReturnValue:
    """Take a room out of its meeting."""
    actor = current_actor()
    room = access.access_room_as_keeper(actor, room_id)
    is_used = has_kiosk_in(room.id) or has_sheet_in(room.id)
    try:
        service.remove_room(room, is_used=is_used, actor=actor, now=now())
    except RoomUsed as refusal:
        say(refusal.message, "caution")
    else:
        say(_("Sala quitada."))
    return go(url_for(".at_meeting", meeting_id=room.meeting_id))


def _form(local: LocalMeeting) -> RoomForm:
    form = RoomForm()
    form.fill(queries.list_groups(local.cohort.id))
    return form


def _page(local: LocalMeeting, form: RoomForm) -> ResponseReturnValue:
    rooms, groups = queries.list_rooms([local.id]), queries.list_groups(local.cohort.id)
    return render(
        "rooms/rooms.html",
        status=422 if form.errors else 200,
        local=local,
        form=form,
        groups={each.group.id: each.group for each in groups},
        rooms=[(room, queries.count_arrivals(room, local.cohort.id)) for room in rooms],
        lacks_room=bool({each.group.id for each in groups} - {room.group_id for room in rooms}),
    )
