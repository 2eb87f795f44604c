"""What grounds and states are called."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from lms.attendance.excuses.models import ExcuseState, Grounds
from lms.core.i18n import _l
from lms.core.text import Text

GROUNDS: Final[Mapping[Grounds, Text]] = MappingProxyType(
    {
        Grounds.SERVICE: _l("Comisión o turno de trabajo"),
        Grounds.HEALTH: _l("Salud propia o de quien cuido"),
        Grounds.FAMILY: _l("Asunto familiar"),
        Grounds.ACCESS: _l("No pude llegar o conectarme"),
        Grounds.OTHER: _l("Otro motivo"),
    }
)
STATES: Final[Mapping[ExcuseState, Text]] = MappingProxyType(
    {
        ExcuseState.PENDING: _l("Por responder"),
        ExcuseState.ACCEPTED: _l("Aceptada"),
        ExcuseState.REFUSED: _l("No aceptada"),
        ExcuseState.WITHDRAWN: _l("Retirada"),
    }
)
BADGES: Final[Mapping[ExcuseState, str]] = MappingProxyType(
    {
        ExcuseState.PENDING: "maize",
        ExcuseState.ACCEPTED: "success",
        ExcuseState.REFUSED: "warning",
        ExcuseState.WITHDRAWN: "",
    }
)
