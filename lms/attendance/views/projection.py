"""The screen of the room: a code that changes, and how many have come."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from lms.attendance import access, codes, queries
from lms.attendance.permissions import AttendancePermission
from lms.attendance.queries import LocalMeeting
from lms.attendance.rooms.access import room_of
from lms.attendance.rooms.models import MeetingRoom
from lms.attendance.rooms.queries import count_arrivals as count_in_room
from lms.attendance.rules import Phase
from lms.attendance.views.blueprint import bp
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.policy import requires
from lms.web.kit import render
from lms.web.links import absolute_url, short_address

SHOWN = 3
"""How many of the last arrivals the hall sees."""
WAITING_SECONDS = 60
"""How often a screen that is opened early looks whether it is time."""


@bp.get("/attendance/meetings/<uuid:meeting_id>/projection")
@requires(AttendancePermission.KEEP_REGISTER)
def projection(meeting_id: UUID) -> ResponseReturnValue:
    """Show the present code as a QR and to be typed; the page asks for its next screen when the code changes."""
    local = access.access_meeting_as_keeper(current_actor(), meeting_id)
    room, moment = room_of(local, request.args.get("room", "")), now()
    shown_by = (room.secret, room.id) if room else (local.meeting.secret, local.id)
    code = codes.code_at(*shown_by, moment)
    return render(
        "attendance/projection.html",
        local=local,
        room=room,
        phase=local.phase(moment),
        code=code,
        address=absolute_url("attendance.scan", code=code),
        short_address=short_address("/a"),
        refresh=_refresh(local, moment),
        is_fragment=False,
        **_live(local, room, moment),
    )


@bp.get("/attendance/meetings/<uuid:meeting_id>/projection/arrivals")
@requires(AttendancePermission.KEEP_REGISTER)
def projection_arrivals(meeting_id: UUID) -> ResponseReturnValue:
    """Return how many have come, who did last and how long the code lasts, for the screen to show."""
    local = access.access_meeting_as_keeper(current_actor(), meeting_id)
    room = room_of(local, request.args.get("room", ""))
    return render("attendance/_arrivals.html", local=local, is_fragment=True, **_live(local, room, now()))


def _live(local: LocalMeeting, room: MeetingRoom | None, moment: datetime) -> dict[str, Any]:
    own = count_in_room(room, local.cohort.id) if room else queries.count_arrivals(local.meeting)
    return {
        "arrivals": own,
        "latest": queries.list_latest(local.id, SHOWN),
        "seconds": codes.seconds_left(moment),
    }


def _refresh(local: LocalMeeting, moment: datetime) -> int:
    """Return after how many seconds the screen must change; 0 when it does not any more."""
    match local.phase(moment):
        case Phase.OPEN:
            return codes.seconds_left(moment)
        case Phase.UPCOMING:
            opening = (local.meeting.window.opens_at - moment).total_seconds()
            return max(1, min(WAITING_SECONDS, int(opening) + 1))
        case _:
            return 0
