"""What happens to calendars."""

from dataclasses import dataclass

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class CalendarAddressChanged(Event):
    """A person made the address of their calendar a new one."""

    code = "calendars.address-changed"
    sentence = _l("Cambió la dirección de su calendario.")
