"""What happens to targets of people."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class TrainingTargetSet(Event):
    """How many people an institution should see trained was set."""

    code = "targets.set"
    sentence = _l("Fijó una meta para %(period)s. Personas: %(people)s.")
    institution_id: UUID
    people: int
    period: str


@dataclass(frozen=True, kw_only=True)
class TrainingTargetRemoved(Event):
    """A target was taken back."""

    code = "targets.removed"
    sentence = _l("Quitó la meta para %(period)s. Personas: %(people)s.")
    institution_id: UUID
    people: int
    period: str
