"""What happens to runs of simulations. A decision is no event: the run's own log holds each one."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class SimulationStarted(Event):
    """A person began to play a simulation, for the first time or again."""

    code = "simulations.started"
    sentence = _l("Empezó el recorrido %(number)s de una simulación.")
    enrolment_id: UUID
    unit_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class SimulationEnded(Event):
    """A person reached an ending of a simulation."""

    code = "simulations.ended"
    sentence = _l("Terminó el recorrido %(number)s de una simulación.")
    enrolment_id: UUID
    unit_id: UUID
    number: int
    ending: str
    is_passed: bool
