"""What somebody writes of a session, as the service takes it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lms.institutions.sessions.rules import AccordState, Modality, ProposalState, SittingKind, Vote


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingValues:
    """Which session it is, when and where."""

    kind: SittingKind
    number: int
    day: date
    """By the clock of the programme; the year of the session follows from it."""
    starts_at: datetime
    modality: Modality
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskValues:
    """Something to be done: what, by whom, until when."""

    text: str
    institution_id: UUID | None = None
    """Null when the whole commission answers for it."""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeValues:
    """What became of a proposal."""

    state: ProposalState
    vote: Vote


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowValues:
    """That something agreed came to a state."""

    state: AccordState
    happened_on: date
    note: str = ""
