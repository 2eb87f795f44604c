"""What happens to lists that leave the platform."""

from dataclasses import dataclass

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class RosterTaken(Event):
    """Whoever keeps a register put the names of a meeting's people on a device."""

    code = "offline.roster-taken"
    sentence = _l("Guardó en un teléfono la lista de una sesión (%(people)s personas).")
    people: int
