"""What somebody writes of a seat, as the service takes it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.institutions.commission.rules import HolderRank
from lms.institutions.programmes.models import MembershipKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatValues:
    """What is kept of a seat."""

    kind: MembershipKind
    starts_on: date
    ends_on: date | None = None
    resolution: str = ""
    resolution_on: date | None = None
    resolution_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderValues:
    """Who holds a seat from a day on: an account, or a name as the resolution writes it."""

    rank: HolderRank
    post: str
    starts_on: date
    person_id: UUID | None = None
    name: str = ""
    resolution: str = ""
    resolution_on: date | None = None
