"""From an id and an actor to a sheet, or nothing."""

from dataclasses import dataclass
from uuid import UUID

from lms.attendance.access import access_meeting_as_keeper
from lms.attendance.paper.models import PaperSheet
from lms.attendance.paper.queries import find_kept_sheet
from lms.attendance.queries import LocalMeeting
from lms.core.actors import Actor
from lms.core.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSheet:
    """A sheet with its meeting."""

    sheet: PaperSheet
    local: LocalMeeting


def access_sheet_as_keeper(actor: Actor, sheet_id: UUID) -> KeptSheet:
    """Return a sheet if the actor keeps the register of its meeting."""
    sheet = find_kept_sheet(actor, sheet_id)
    if sheet is None:
        raise NotFound
    return KeptSheet(sheet=sheet, local=access_meeting_as_keeper(actor, sheet.meeting_id))
