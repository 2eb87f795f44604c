"""What happens at the door."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class KioskOpened(Event):
    """Somebody who keeps the register left a tablet at the door of a meeting."""

    code = "kiosk.opened"
    sentence = _l("Se abrió una tableta en la puerta de una sesión.")
    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class KioskClosed(Event):
    """The tablet was taken away, by its PIN or from afar."""

    code = "kiosk.closed"
    sentence = _l("Se cerró la tableta de una sesión.")
    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class KioskUnlocked(Event):
    """The PIN may be tried again."""

    code = "kiosk.unlocked"
    sentence = _l("Se desbloqueó la tableta de una sesión.")
    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class WalkInArrived(Event):
    """Somebody who was on no list was written down at a meeting."""

    code = "kiosk.walk-in-arrived"
    sentence = _l("Se anotó en una sesión a una persona que no estaba en la lista.")
    meeting_id: UUID
    enrolment_id: UUID


@dataclass(frozen=True, kw_only=True)
class WalkInDecided(Event):
    """The staff said whether the person takes part."""

    code = "kiosk.walk-in-decided"
    sentence = _l("Se decidió sobre una persona por confirmar (%(state)s).")
    enrolment_id: UUID
    state: str
