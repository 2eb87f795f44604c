"""What somebody writes of an agreement, as the service takes it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.institutions.agreements.rules import AgreementKind, AmendmentKind, Channel, DutyState


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementValues:
    """The data of an agreement; the last day follows from them."""

    code: str
    title: str
    kind: AgreementKind
    programme_id: UUID | None
    purpose: str = ""
    starts_on: date | None = None
    months: int | None = None
    is_without_funds: bool = False
    holds_cohorts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepValues:
    """That a duty came to a state."""

    state: DutyState
    happened_on: date
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentValues:
    """What changes an agreement after it was signed."""

    kind: AmendmentKind
    signed_on: date
    months: int | None = None
    """Of an extension."""
    last_day: date | None = None
    """Of an early end."""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignValues:
    """What a campaign will be: whom it tells, how, where and when."""

    text: str
    audience: str
    channel: Channel
    place: str
    starts_on: date
    ends_on: date | None = None
