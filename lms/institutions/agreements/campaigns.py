"""Campaigns of an agreement: a duty told to a public, how many people it reached, and the evidence."""

from dataclasses import asdict
from datetime import datetime

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.institutions.agreements import parts
from lms.institutions.agreements.errors import CampaignDatesCrossed
from lms.institutions.agreements.messages import CampaignReached
from lms.institutions.agreements.models import Agreement, AgreementDuty, AgreementParty, Campaign
from lms.institutions.agreements.rules import DutyKind
from lms.institutions.agreements.values import CampaignValues


def add_campaign(
    agreement: Agreement,
    values: CampaignValues,
    *,
    party: AgreementParty | None = None,
    actor: Actor,
    now: datetime,
) -> Campaign:
    """Write down a campaign as something owed until its last day; raises CampaignDatesCrossed."""
    if values.ends_on and values.ends_on < values.starts_on:
        raise CampaignDatesCrossed
    duty = parts.add_duty(
        agreement,
        DutyKind.CAMPAIGN,
        values.text,
        party=party,
        due_on=values.ends_on or values.starts_on,
        actor=actor,
        now=now,
    )
    table = asdict(values)
    del table["text"]
    campaign = Campaign(duty_id=duty.id, **table)
    db.session.add(campaign)
    db.session.flush()
    return campaign


def note_reach(
    duty: AgreementDuty, campaign: Campaign, reach: int, method: str, *, actor: Actor, now: datetime
) -> None:
    """Note how many people a campaign reached, and how that was measured."""
    db.session.refresh(campaign, with_for_update=True)
    campaign.reach, campaign.reach_method = reach, method
    db.session.flush()
    publish(CampaignReached(at=now, actor=actor, subject_id=duty.agreement_id, text=duty.text, reach=reach))
