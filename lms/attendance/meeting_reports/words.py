"""What programs, reasons and columns are called."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from lms.attendance.meeting_reports.matching import Ground
from lms.attendance.meeting_reports.stays import Unused
from lms.attendance.meeting_reports.tables import Program
from lms.core.i18n import _l
from lms.core.text import Text

PROGRAMS: Final[Mapping[Program, Text]] = MappingProxyType(
    {
        Program.ZOOM: "Zoom",
        Program.TEAMS: "Microsoft Teams",
        Program.MEET: "Google Meet",
        Program.UNKNOWN: _l("Otro programa"),
    }
)
GROUNDS: Final[Mapping[Ground, Text]] = MappingProxyType(
    {
        Ground.EMAIL: _l("por su correo"),
        Ground.NAME: _l("por su nombre"),
        Ground.PERSON: _l("por decisión de quien lleva la lista"),
    }
)
UNUSED: Final[Mapping[Unused, Text]] = MappingProxyType(
    {
        Unused.NOBODY: _l("No tiene nombre ni correo."),
        Unused.NO_TIME: _l("No tiene una hora o duración que se pueda leer."),
        Unused.ENDS_BEFORE: _l("Termina antes de empezar."),
        Unused.OTHER_DAY: _l("Es de otro día: el mismo enlace se usó en otra sesión."),
        Unused.WAITING_ROOM: _l("Solo estuvo en la sala de espera."),
    }
)
OUTCOMES: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "given": _l("Se registra"),
        "changed": _l("Cambia"),
        "same": _l("Sin cambio"),
        "kept": _l("Se conserva"),
    }
)
DONE: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "given": _l("Registradas"),
        "changed": _l("Cambiadas"),
        "same": _l("Sin cambio"),
        "kept": _l("Conservadas por decisión de una persona"),
    }
)
BADGES: Final[Mapping[str, str]] = MappingProxyType(
    {"given": "success", "changed": "maize", "same": "", "kept": "route"}
)


def counts(outcome: Mapping[str, int]) -> list[tuple[Text, int]]:
    """Return how many marks a report gave, changed, left and kept, in words."""
    return [(label, outcome.get(name, 0)) for name, label in DONE.items()]


def length(seconds: int) -> str:
    """Return a time to the second: 1:35:00."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
