"""Pages of calendars: the own address, the calendar itself, one meeting as a file."""

from uuid import UUID

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from lms.attendance.calendars import access, links, service
from lms.attendance.ics import calendar_of
from lms.attendance.permissions import AttendancePermission
from lms.attendance.queries import list_own_meetings
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _, speaking
from lms.core.policy import public, requires
from lms.web.kit import go, render, say
from lms.web.links import absolute_url, path_to

bp = Blueprint("calendars", __name__, template_folder="templates")
TYPE = "text/calendar; charset=utf-8"


@bp.get("/attendance/calendar")
@requires(AttendancePermission.CHECK_IN)
def own() -> ResponseReturnValue:
    """Show the address with which a telephone keeps the actor's meetings up to date."""
    person_id = access.access_own_person_id(current_actor())
    address = absolute_url("calendars.feed", token=links.sign_feed(person_id))
    subscribing = f"webcal:{address.partition(':')[2]}"
    return render("calendars/own.html", address=address, subscribing=subscribing)


@bp.post("/attendance/calendar")
@requires(AttendancePermission.CHECK_IN)
def change() -> ResponseReturnValue:
    """Make the address a new one, for somebody who gave it away."""
    actor = current_actor()
    service.change_address(access.access_own_person_id(actor), actor=actor, now=now())
    say(_("La dirección cambió. La anterior ya no responde: vuelva a suscribirse en sus dispositivos."))
    return go(path_to("calendars.own"))


@bp.get("/attendance/calendar/<token>.ics")
@public("calendar programs cannot sign in; the address itself is the key")
def feed(token: str) -> ResponseReturnValue:
    """Give the meetings of whoever has this address, cancelled ones too."""
    person = links.person_of_feed(token)
    with speaking(person.language):
        name = _("Ruta: mis sesiones")
        content = calendar_of([each.local for each in list_own_meetings(person.id)], name=name, now=now())
    return Response(content, content_type=TYPE, headers={"Cache-Control": "private, max-age=900"})


@bp.get("/attendance/meetings/<uuid:meeting_id>/calendar.ics")
@requires(AttendancePermission.CHECK_IN)
def meeting(meeting_id: UUID) -> ResponseReturnValue:
    """Give one meeting as a file that any calendar opens."""
    local = access.access_own_meeting(current_actor(), meeting_id)
    content = calendar_of([local], name=local.cohort.name, now=now())
    disposition = f"attachment; filename=sesion-{local.day:%Y-%m-%d}.ics"
    return Response(content, content_type=TYPE, headers={"Content-Disposition": disposition})
