"""Groups of a cohort and rooms of a meeting, for tests."""

from lms.attendance.models import Meeting
from lms.attendance.rooms.service import make_groups, note_seen, open_rooms
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.learning.models import Cohort, Enrolment


def room_places(cohort: Cohort, meeting: Meeting, enrolment: Enrolment) -> dict[str, object]:
    """Return the ids of a group of somebody and of the room where they were seen."""
    (group,) = make_groups(cohort, [("Grupo de prueba", [enrolment.id])], actor=SYSTEM, now=now())
    (room,) = open_rooms(meeting, [("Sala 2", group)], actor=SYSTEM, now=now())
    note_seen(room, enrolment, now=now())
    return {"group_id": group.id, "room_id": room.id}
