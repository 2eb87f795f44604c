"""What happens to the seats of a commission."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l


@dataclass(frozen=True, kw_only=True)
class SeatChanged(Event):
    """Somebody changed the days, the kind or the resolution of a seat."""

    code = "commission.seat-changed"
    sentence = _l("Cambió datos de un asiento de la comisión: %(fields)s.")
    institution_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HolderNamed(Event):
    """Somebody was named to a seat; the name is in the seat and not repeated here."""

    code = "commission.holder-named"
    sentence = _l("Registró quién ocupa un asiento de la comisión (%(rank)s).")
    membership_id: UUID
    rank: str
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class HolderLeft(Event):
    """Somebody holds a seat no more."""

    code = "commission.holder-left"
    sentence = _l("Registró que alguien dejó un asiento de la comisión (%(rank)s).")
    membership_id: UUID
    rank: str
    ends_on: date
