"""From an id and an actor, or from the key in a tablet's cookie, to what may be done with it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms.accounts.queries import get_person
from lms.attendance.kiosk import queries, rules
from lms.attendance.kiosk.models import Kiosk
from lms.attendance.kiosk.queries import WalkedIn
from lms.attendance.queries import LocalMeeting, find_local_meeting
from lms.attendance.rooms.models import MeetingRoom
from lms.attendance.rooms.queries import find_room
from lms.core.actors import Actor
from lms.core.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDoor:
    """A tablet with its meeting, and in whose name it writes."""

    kiosk: Kiosk
    local: LocalMeeting
    room: MeetingRoom | None = None
    """At whose door it stands, where the meeting has several rooms."""

    @property
    def keeper(self) -> Actor:
        """Return whoever left the tablet there, without any of their permissions."""
        return Actor(person_id=self.kiosk.opened_by, name=get_person(self.kiosk.opened_by).name)


def access_door(key: str, now: datetime) -> OpenDoor | None:
    """Return the door of a key while it is open; None for any other key."""
    kiosk = queries.find_kiosk(key)
    local = find_local_meeting(kiosk.meeting_id) if kiosk else None
    if kiosk is None or local is None or not rules.is_open(local.meeting.ends_at, kiosk.closed_at, now):
        return None
    room = find_room(local.id, kiosk.room_id) if kiosk.room_id else None
    return OpenDoor(kiosk=kiosk, local=local, room=room)


def access_kiosk_as_keeper(actor: Actor, kiosk_id: UUID) -> Kiosk:
    """Return a tablet if the actor keeps the register of its meeting."""
    kiosk = queries.find_kept_kiosk(actor, kiosk_id)
    if kiosk is None:
        raise NotFound
    return kiosk


def access_walk_in_as_keeper(actor: Actor, walk_in_id: UUID) -> WalkedIn:
    """Return somebody to be confirmed if the actor keeps the register of their cohort."""
    found = queries.find_kept_walk_in(actor, walk_in_id)
    if found is None:
        raise NotFound
    return found
