"""What happens to groups and rooms."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class GroupsMade(Event):
    """The people of a cohort were divided into groups."""

    code = "rooms.groups-made"
    sentence = _l("Dividió una cohorte en grupos (%(groups)s).")
    groups: int


@dataclass(frozen=True, kw_only=True)
class GroupChanged(Event):
    """A group has another name or other people."""

    code = "rooms.group-changed"
    sentence = _l("Cambió un grupo de una cohorte (%(people)s personas).")
    cohort_id: UUID
    people: int


@dataclass(frozen=True, kw_only=True)
class GroupRemoved(Event):
    """A group was removed; its people stay in the cohort."""

    code = "rooms.group-removed"
    sentence = _l("Quitó un grupo de una cohorte.")
    cohort_id: UUID


@dataclass(frozen=True, kw_only=True)
class RoomsOpened(Event):
    """A meeting happens in more rooms."""

    code = "rooms.opened"
    sentence = _l("Agregó salas a una sesión (%(rooms)s).")
    rooms: int


@dataclass(frozen=True, kw_only=True)
class RoomRemoved(Event):
    """A meeting does not happen in a room any more."""

    code = "rooms.removed"
    sentence = _l("Quitó una sala de una sesión.")
    meeting_id: UUID
