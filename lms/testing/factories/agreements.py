"""Agreements, for tests."""

from datetime import date
from itertools import count

from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.institutions.agreements import parts, service
from lms.institutions.agreements.campaigns import add_campaign
from lms.institutions.agreements.models import Agreement, Campaign
from lms.institutions.agreements.rules import AgreementKind, Channel, DutyKind, PartyRole
from lms.institutions.agreements.values import AgreementValues, CampaignValues
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.learning.commitments import PeopleTrained
from lms.testing.factories.files import PDF

_serial = count(1)
SIGNED = date(2026, 3, 15)


def make_agreement(
    programme: Programme | None = None,
    *,
    starts_on: date | None = SIGNED,
    months: int | None = 24,
    holds_cohorts: bool = False,
    title: str = "Convenio de prueba",
) -> Agreement:
    """Register an agreement; of 24 months unless another term is given."""
    values = AgreementValues(
        code=f"CONV-{next(_serial):03}",
        title=title,
        kind=AgreementKind.SPECIFIC,
        programme_id=programme.id if programme else None,
        starts_on=starts_on,
        months=months,
        holds_cohorts=holds_cohorts,
    )
    return service.create_agreement(values, actor=SYSTEM, now=now())


def make_campaign(agreement: Agreement, *, text: str = "Campaña de prueba") -> Campaign:
    """Add a campaign of a month that nobody measured yet."""
    values = CampaignValues(
        text=text,
        audience="Personal de hoteles",
        channel=Channel.RADIO,
        place="Capital",
        starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 31),
    )
    return add_campaign(agreement, values, actor=SYSTEM, now=now())


def make_parts(agreement: Agreement, institution: Institution) -> dict[str, object]:
    """Give an agreement one thing of each kind; return their ids by the parameters of addresses."""
    party = parts.add_party(agreement, institution, PartyRole.SIGNATORY, actor=SYSTEM, now=now())
    outside = parts.add_party(
        agreement, f"Organismo {agreement.code}", PartyRole.COOPERATING, actor=SYSTEM, now=now()
    )
    duty = parts.add_duty(agreement, DutyKind.PRODUCT, "Plan local", party=outside, actor=SYSTEM, now=now())
    commitment = parts.add_commitment(agreement, PeopleTrained(), 45, party=party, actor=SYSTEM, now=now())
    campaign = make_campaign(agreement)
    paper = parts.add_paper(agreement, "Texto firmado", PDF, actor=SYSTEM, now=now())
    return {
        "agreement_id": agreement.id,
        "party_id": party.id,
        "duty_id": duty.id,
        "commitment_id": commitment.id,
        "paper_id": paper.id,
        "campaign_id": campaign.duty_id,
    }
