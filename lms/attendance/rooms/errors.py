"""Refusals about groups and rooms."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class GroupNameTaken(DomainError):
    """The cohort has a group of that name."""

    code = "rooms.group-name-taken"
    message = _l("Ya hay un grupo con ese nombre en esta cohorte.")


class GroupInUse(DomainError):
    """A room is of this group."""

    code = "rooms.group-in-use"
    message = _l("Este grupo tiene una sala en alguna sesión. Quite antes esa sala.")


class NobodyToDivide(DomainError):
    """Nobody is enrolled."""

    code = "rooms.nobody-to-divide"
    message = _l("Todavía no hay personas inscritas que dividir.")


class RoomNameTaken(DomainError):
    """The meeting has a room of that name."""

    code = "rooms.room-name-taken"
    message = _l("Ya hay una sala con ese nombre en esta sesión.")


class RoomUsed(DomainError):
    """Somebody was seen there, or a tablet or a sheet is of it."""

    code = "rooms.room-used"
    message = _l("En esa sala ya se registró a alguien o se preparó una tableta o una hoja: se conserva.")
