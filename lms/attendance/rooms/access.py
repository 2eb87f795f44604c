"""From an id and an actor to a group or a room, or nothing."""

from uuid import UUID

from lms.attendance.queries import LocalMeeting
from lms.attendance.rooms import queries
from lms.attendance.rooms.models import CohortGroup, MeetingRoom
from lms.core.actors import Actor
from lms.core.errors import NotFound


def access_group_as_keeper(actor: Actor, group_id: UUID) -> CohortGroup:
    """Return a group if the actor keeps the register of its cohort."""
    group = queries.find_kept_group(actor, group_id)
    if group is None:
        raise NotFound
    return group


def access_room_as_keeper(actor: Actor, room_id: UUID) -> MeetingRoom:
    """Return a room if the actor keeps the register of its meeting."""
    room = queries.find_kept_room(actor, room_id)
    if room is None:
        raise NotFound
    return room


def room_of(local: LocalMeeting, asked: str) -> MeetingRoom | None:
    """Return the room of a meeting that an address asks for with ``?room=``; None when it asks for all of it.

    Raises NotFound for what is no room of this meeting.
    """
    if not asked:
        return None
    try:
        room = queries.find_room(local.id, UUID(asked))
    except ValueError:
        raise NotFound from None
    if room is None:
        raise NotFound
    return room
