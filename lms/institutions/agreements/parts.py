"""What hangs from an agreement: parties, obligations and products, commitments, papers."""

import hashlib
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete

from lms.core import private_files
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.folding import fold
from lms.core.ids import new_id
from lms.institutions.agreements import evidence, queries
from lms.institutions.agreements.errors import (
    CampaignHasEvidence,
    CommitmentKnown,
    DutyBegun,
    NothingToCount,
    PartyHasDuties,
    PartyKnown,
    StateUnknown,
    StepBackwards,
)
from lms.institutions.agreements.messages import (
    CommitmentAdded,
    CommitmentRemoved,
    DutyAdded,
    DutyAdvanced,
    DutyRemoved,
    PaperAdded,
    PaperRemoved,
    PartyAdded,
    PartyRemoved,
)
from lms.institutions.agreements.models import (
    Agreement,
    AgreementCommitment,
    AgreementDuty,
    AgreementFile,
    AgreementParty,
    AgreementStep,
)
from lms.institutions.agreements.rules import STATES_OF, DutyKind, DutyState, PartyRole
from lms.institutions.agreements.values import StepValues
from lms.institutions.directory.models import Institution
from lms.plugins.commitments import CommitmentCounter


def add_party(
    agreement: Agreement,
    body: Institution | str,
    role: PartyRole,
    *,
    signed_by: str = "",
    actor: Actor,
    now: datetime,
) -> AgreementParty:
    """Make an institution, or an outside body by its name, a party; raises PartyKnown."""
    db.session.refresh(agreement, with_for_update=True)
    institution = body if isinstance(body, Institution) else None
    name = "" if isinstance(body, Institution) else body
    key = _place_key(body)
    if queries.find_party_by_key(agreement, key):
        raise PartyKnown
    party = AgreementParty(
        id=new_id(), agreement_id=agreement.id, institution_id=institution.id if institution else None,
        name=name, role=role, signed_by=signed_by, place_key=key,
    )  # fmt: skip
    db.session.add(party)
    if name:
        agreement.search_text = f"{agreement.search_text} {fold(name)}"[:600]
    db.session.flush()
    shown = institution.name if institution else name
    publish(PartyAdded(at=now, actor=actor, subject_id=agreement.id, party=shown))
    return party


def remove_party(agreement: Agreement, party: AgreementParty, *, actor: Actor, now: datetime) -> None:
    """Take a party out; raises PartyHasDuties."""
    db.session.refresh(agreement, with_for_update=True)
    if queries.has_part(party):
        raise PartyHasDuties
    db.session.delete(party)
    if party.name:
        agreement.search_text = agreement.search_text.replace(f" {fold(party.name)}", "")
    publish(PartyRemoved(at=now, actor=actor, subject_id=agreement.id))


def add_duty(
    agreement: Agreement,
    kind: DutyKind,
    text: str,
    *,
    party: AgreementParty | None = None,
    due_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> AgreementDuty:
    """Write down what a party owes, or all of them."""
    duty = AgreementDuty(
        id=new_id(), agreement_id=agreement.id, kind=kind, text=text, due_on=due_on,
        party_id=party.id if party else None, state=DutyState.PENDING,
    )  # fmt: skip
    db.session.add(duty)
    db.session.flush()
    publish(DutyAdded(at=now, actor=actor, subject_id=agreement.id, text=text))
    return duty


def advance_duty(duty: AgreementDuty, values: StepValues, *, actor: Actor, now: datetime) -> None:
    """Note that an obligation or a product came to a state; raises StateUnknown and StepBackwards."""
    db.session.refresh(duty, with_for_update=True)
    if values.state not in STATES_OF[duty.kind]:
        raise StateUnknown
    if duty.state_on and values.happened_on < duty.state_on:
        raise StepBackwards
    db.session.add(
        AgreementStep(
            id=new_id(), duty_id=duty.id, state=values.state, happened_on=values.happened_on,
            reference=values.reference, note=values.note, written_at=now,
        )
    )  # fmt: skip
    duty.state, duty.state_on = values.state, values.happened_on
    db.session.flush()
    publish(
        DutyAdvanced(
            at=now, actor=actor, subject_id=duty.agreement_id, text=duty.text, state=duty.state.value
        )
    )


def remove_duty(duty: AgreementDuty, *, actor: Actor, now: datetime) -> None:
    """Take out what has not begun; raises DutyBegun and CampaignHasEvidence."""
    db.session.refresh(duty, with_for_update=True)
    if duty.state_on is not None:
        raise DutyBegun
    campaign = evidence.find_campaign(duty)
    if campaign and (campaign.reach is not None or evidence.has_evidence(duty)):
        raise CampaignHasEvidence
    if campaign:
        db.session.delete(campaign)
        db.session.flush()
    db.session.delete(duty)
    publish(DutyRemoved(at=now, actor=actor, subject_id=duty.agreement_id, text=duty.text))


def add_commitment(
    agreement: Agreement,
    counter: CommitmentCounter,
    wanted: int,
    *,
    sector: str = "",
    party: AgreementParty | None = None,
    actor: Actor,
    now: datetime,
) -> AgreementCommitment:
    """Promise a number that will fill itself; raises NothingToCount and CommitmentKnown."""
    db.session.refresh(agreement, with_for_update=True)
    if agreement.programme_id is None and (party is None or party.institution_id is None):
        raise NothingToCount
    sector = sector if counter.has_sectors else ""
    party_id = party.id if party and party.institution_id else None
    known = {(each.counter, each.sector, each.party_id) for each in queries.commitments_of(agreement)}
    if (counter.name, sector, party_id) in known:
        raise CommitmentKnown
    commitment = AgreementCommitment(
        id=new_id(), agreement_id=agreement.id, counter=counter.name, sector=sector, party_id=party_id,
        wanted=wanted,
    )  # fmt: skip
    db.session.add(commitment)
    db.session.flush()
    publish(
        CommitmentAdded(at=now, actor=actor, subject_id=agreement.id, wanted=wanted, counter=counter.name)
    )
    return commitment


def remove_commitment(commitment: AgreementCommitment, *, actor: Actor, now: datetime) -> None:
    """Promise a number no more."""
    db.session.delete(commitment)
    publish(
        CommitmentRemoved(
            at=now, actor=actor, subject_id=commitment.agreement_id, wanted=commitment.wanted,
            counter=commitment.counter,
        )
    )  # fmt: skip


def add_paper(
    agreement: Agreement,
    title: str,
    content: bytes,
    *,
    duty: AgreementDuty | None = None,
    actor: Actor,
    now: datetime,
) -> AgreementFile:
    """Keep a paper with an agreement, or as evidence of a campaign; raises FileNotPaper and PaperTooLarge."""
    kind = private_files.check_paper(content)
    paper_id = new_id()
    paper = AgreementFile(
        id=paper_id, agreement_id=agreement.id, title=title, format=kind, size=len(content), added_at=now,
        digest=private_files.keep(paper_id, content), duty_id=duty.id if duty else None,
    )  # fmt: skip
    db.session.add(paper)
    db.session.flush()
    publish(PaperAdded(at=now, actor=actor, subject_id=agreement.id, title=title))
    return paper


def read_paper(paper: AgreementFile) -> bytes:
    """Return the paper as it was handed over; raises NotFound when the storage lost it."""
    return private_files.read(paper.id, paper.digest)


def remove_paper(paper: AgreementFile, *, actor: Actor, now: datetime) -> None:
    """Take a paper out and erase it."""
    private_files.forget(paper.digest)
    db.session.delete(paper)
    publish(PaperRemoved(at=now, actor=actor, subject_id=paper.agreement_id, title=paper.title))


def drop_papers(agreement: Agreement) -> None:
    """Erase every paper of a draft that is thrown away."""
    for paper in queries.files_of(agreement):
        private_files.forget(paper.digest)
    db.session.execute(delete(AgreementFile).where(AgreementFile.agreement_id == agreement.id))


def _place_key(body: Institution | str) -> str:
    told: UUID | str = body.id if isinstance(body, Institution) else fold(body)
    return hashlib.sha256(f"{told}".encode()).hexdigest()
