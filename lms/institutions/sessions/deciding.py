"""What a commission decides: proposals with their votes, what was agreed, and what became of it."""

from datetime import datetime

from sqlalchemy import select

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.institutions.sessions import queries
from lms.institutions.sessions.errors import (
    AccordNotAdopted,
    NotCarried,
    NotHeld,
    ProposalClosed,
    StepBackwards,
    TooManyVotes,
    VoteStanding,
)
from lms.institutions.sessions.messages import AccordAdopted, AccordFollowed, ProposalMade, VoteNoted
from lms.institutions.sessions.models import Accord, AccordPaper, AccordStep, Proposal, Sitting
from lms.institutions.sessions.rules import FOLLOWED, AccordState, ProposalState, SittingState, Vote
from lms.institutions.sessions.service import hold_open
from lms.institutions.sessions.values import FollowValues, OutcomeValues, TaskValues


def propose(sitting: Sitting, text: str, *, actor: Actor, now: datetime) -> Proposal:
    """Put something to the vote; raises SittingFrozen."""
    hold_open(sitting)
    number = len(queries.list_proposals(sitting.id)) + 1
    proposal = Proposal(
        id=new_id(), sitting_id=sitting.id, number=number, text=text, state=ProposalState.PENDING
    )
    db.session.add(proposal)
    db.session.flush()
    publish(ProposalMade(at=now, actor=actor, subject_id=sitting.id, number=number))
    return proposal


def add_task(sitting: Sitting, proposal: Proposal, values: TaskValues) -> Accord:
    """Write into a proposal what is to be done once it is approved; raises SittingFrozen and ProposalClosed."""
    hold_open(sitting)
    db.session.refresh(proposal)  # whoever held the session before may have noted its result
    if proposal.state is not ProposalState.PENDING:
        raise ProposalClosed
    task = _accord(sitting, values, AccordState.PROPOSED)
    task.proposal_id = proposal.id
    db.session.add(task)
    db.session.flush()
    return task


def note_outcome(
    sitting: Sitting, proposal: Proposal, values: OutcomeValues, *, actor: Actor, now: datetime
) -> None:
    """Note what became of a proposal; an approved one makes its tasks what was agreed.

    Raises SittingFrozen, NotHeld, TooManyVotes, NotCarried and VoteStanding.
    """
    hold_open(sitting)
    db.session.refresh(proposal)  # whoever held the session before may have noted its result
    if sitting.state is not SittingState.HELD:
        raise NotHeld
    vote = Vote() if values.state is ProposalState.WITHDRAWN else values.vote
    if vote.total > queries.quorum_of(sitting, queries.list_attending(sitting)).present:
        raise TooManyVotes
    if values.state is ProposalState.APPROVED and not vote.is_carried:
        raise NotCarried
    if values.state is not proposal.state:
        _settle(sitting, proposal, values.state, actor, now)
    proposal.state = values.state
    proposal.in_favour, proposal.against, proposal.abstained = vote.in_favour, vote.against, vote.abstained
    db.session.flush()
    publish(
        VoteNoted(
            at=now, actor=actor, subject_id=sitting.id, number=proposal.number, state=proposal.state.value
        )
    )


def _settle(sitting: Sitting, proposal: Proposal, state: ProposalState, actor: Actor, now: datetime) -> None:
    """Adopt the tasks of an approved proposal, or take back what a wrongly noted result had adopted."""
    tasks = queries.list_tasks(proposal)
    if state is ProposalState.APPROVED:
        for task in tasks:
            task.state = AccordState.PENDING
            _number(sitting, task, actor, now)
        return
    if any(_is_followed(task) for task in tasks):
        raise VoteStanding
    for task in tasks:
        task.state, task.number = AccordState.PROPOSED, None


def _is_followed(accord: Accord) -> bool:
    paper = select(AccordPaper.id).where(AccordPaper.accord_id == accord.id).limit(1)
    return accord.state_on is not None or db.session.scalar(paper) is not None


def agree(sitting: Sitting, values: TaskValues, *, actor: Actor, now: datetime) -> Accord:
    """Write down something agreed without a vote; raises SittingFrozen and NotHeld."""
    hold_open(sitting)
    if sitting.state is not SittingState.HELD:
        raise NotHeld
    accord = _accord(sitting, values, AccordState.PENDING)
    db.session.add(accord)
    _number(sitting, accord, actor, now)
    return accord


def follow(sitting: Sitting, accord: Accord, values: FollowValues, *, actor: Actor, now: datetime) -> None:
    """Note how far something agreed came, also after the minutes; raises AccordNotAdopted and StepBackwards."""
    db.session.refresh(accord, with_for_update=True)
    if accord.number is None or values.state not in FOLLOWED:
        raise AccordNotAdopted
    if accord.state_on and values.happened_on < accord.state_on:
        raise StepBackwards
    db.session.add(
        AccordStep(
            id=new_id(), accord_id=accord.id, state=values.state, happened_on=values.happened_on,
            note=values.note, written_at=now,
        )
    )  # fmt: skip
    accord.state, accord.state_on = values.state, values.happened_on
    db.session.flush()
    publish(
        AccordFollowed(
            at=now, actor=actor, subject_id=sitting.id, number=accord.number, state=accord.state.value
        )
    )


def _accord(sitting: Sitting, values: TaskValues, state: AccordState) -> Accord:
    return Accord(
        id=new_id(), sitting_id=sitting.id, text=values.text, institution_id=values.institution_id,
        due_on=values.due_on, state=state,
    )  # fmt: skip


def _number(sitting: Sitting, accord: Accord, actor: Actor, now: datetime) -> None:
    accord.number = queries.last_accord_number(sitting.id) + 1
    db.session.flush()
    publish(AccordAdopted(at=now, actor=actor, subject_id=sitting.id, number=accord.number))
