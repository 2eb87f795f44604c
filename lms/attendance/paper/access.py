"""From an id and an actor to a sheet, or nothing."""

from dataclasses import dataclass
from uuid import UUID

from lms.attendance.access import access_meeting_as_keeper
from lms.attendance.paper.models import PaperSheet
from lms.attendance.paper.queries import find_kept_sheet
from lms.attendance.queries import LocalMeeting
from lms.attendance.rooms.models import MeetingRoom
from lms.attendance.rooms.queries import find_room
from lms.core.actors import Actor
from lms.core.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSheet:
    """A sheet with its meeting."""

    sheet: PaperSheet
    local: LocalMeeting
    room: MeetingRoom | None
    """Of whose people it is, where the meeting has several rooms."""


def access_sheet_as_keeper(actor: Actor, sheet_id: UUID) -> KeptSheet:
    """Return a sheet if the actor keeps the register of its meeting."""
    sheet = find_kept_sheet(actor, sheet_id)
    if sheet is None:
        raise NotFound
    room = find_room(sheet.meeting_id, sheet.room_id) if sheet.room_id else None
    return KeptSheet(sheet=sheet, local=access_meeting_as_keeper(actor, sheet.meeting_id), room=room)
