"""Reads about the campaigns of an agreement and the evidence of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lms.core.db import db
from lms.institutions.agreements.models import AgreementDuty, AgreementFile, Campaign
from lms.institutions.agreements.queries import Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaigned:
    """A campaign with what hangs from it."""

    duty: Duty
    row: Campaign
    evidence: tuple[AgreementFile, ...]


def campaigns_of(duties: Iterable[Duty], papers: Iterable[AgreementFile]) -> list[Campaigned]:
    """Return the campaigns among the duties of an agreement, by first day, with their evidence, in one query."""
    known = {duty.id: duty for duty in duties}
    rows = db.session.scalars(
        select(Campaign).where(Campaign.duty_id.in_(known)).order_by(Campaign.starts_on, Campaign.duty_id)
    ).all()
    evidence: dict[UUID | None, list[AgreementFile]] = {}
    for paper in papers:
        evidence.setdefault(paper.duty_id, []).append(paper)
    return [
        Campaigned(duty=known[row.duty_id], row=row, evidence=tuple(evidence.get(row.duty_id, ())))
        for row in rows
    ]


def find_campaign(duty: AgreementDuty) -> Campaign | None:
    """Return what a duty says as a campaign; None for one of another kind."""
    return db.session.get(Campaign, duty.id)


def has_evidence(duty: AgreementDuty) -> bool:
    """Say whether a file was kept as evidence of a duty."""
    found = select(AgreementFile.id).where(AgreementFile.duty_id == duty.id).limit(1)
    return db.session.scalar(found) is not None
