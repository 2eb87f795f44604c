"""What can be done with a session: convene, order its agenda, note who came, open it, approve its minutes.

With ``deciding``, ``letters`` and ``papers``, the only writer of its tables.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from lms.core.actors import Actor
from lms.core.context import current_storage
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.institutions.programmes.models import Programme
from lms.institutions.sessions import queries, words
from lms.institutions.sessions.errors import (
    AlreadyHeld,
    DateFrozen,
    NotApproved,
    NotHeld,
    NumberTaken,
    OpeningStands,
    ProposalsWaiting,
    QuorumMissing,
    SeatsVoted,
    SittingAhead,
    SittingFrozen,
)
from lms.institutions.sessions.messages import (
    MakeMinutes,
    MinutesApproved,
    MinutesNoted,
    OpeningUndone,
    PresenceNoted,
    QuorumSet,
    SittingChanged,
    SittingConvened,
    SittingHeld,
)
from lms.institutions.sessions.minutes import compose
from lms.institutions.sessions.models import AgendaItem, Presence, Sitting, SittingNote, SittingRules
from lms.institutions.sessions.rules import PresenceKind, ProposalState, QuorumRule, SittingState
from lms.institutions.sessions.values import SittingValues


def set_quorum(programme: Programme, rule: QuorumRule, *, actor: Actor, now: datetime) -> None:
    """Set which part of the seats makes a quorum, for sessions that begin from now on."""
    rules = db.session.get(SittingRules, programme.id, with_for_update=True)
    if rules is None:
        db.session.add(SittingRules(programme_id=programme.id, quorum=rule))
    else:
        rules.quorum = rule
    db.session.flush()
    publish(QuorumSet(at=now, actor=actor, subject_id=programme.id, quorum=rule.value))


def convene(programme: Programme, values: SittingValues, *, actor: Actor, now: datetime) -> Sitting:
    """Plan a session; raises NumberTaken."""
    if queries.find_numbered(programme.id, values.kind, values.day.year, values.number):
        raise NumberTaken
    sitting = Sitting(
        id=new_id(),
        programme_id=programme.id,
        year=values.day.year,
        state=SittingState.CONVENED,
        **asdict(values),
    )
    db.session.add(sitting)
    db.session.flush()
    publish(SittingConvened(at=now, actor=actor, subject_id=sitting.id, day=sitting.day))
    return sitting


def change(sitting: Sitting, values: SittingValues, *, actor: Actor, now: datetime) -> None:
    """Change when and where a session is; raises SittingFrozen, DateFrozen and NumberTaken."""
    hold_open(sitting)
    table = {**asdict(values), "year": values.day.year}
    changed = tuple(name for name, value in table.items() if getattr(sitting, name) != value)
    if sitting.state is SittingState.HELD and {"kind", "number", "day"} & set(changed):
        raise DateFrozen
    other = queries.find_numbered(sitting.programme_id, values.kind, values.day.year, values.number)
    if other and other.id != sitting.id:
        raise NumberTaken
    for name in changed:
        setattr(sitting, name, table[name])
    if changed:
        _note_change(sitting, changed, actor, now)


def add_item(sitting: Sitting, title: str, note: str, *, actor: Actor, now: datetime) -> AgendaItem:
    """Add a point at the end of the agenda; raises SittingFrozen."""
    hold_open(sitting)
    known = queries.list_agenda(sitting.id)
    item = AgendaItem(
        id=new_id(),
        sitting_id=sitting.id,
        position=known[-1].position + 1 if known else 1,
        title=title,
        note=note,
    )
    db.session.add(item)
    db.session.flush()
    _note_change(sitting, ("agenda",), actor, now)
    return item


def change_item(
    sitting: Sitting, item: AgendaItem, title: str, note: str, *, actor: Actor, now: datetime
) -> None:
    """Change what a point says; raises SittingFrozen."""
    hold_open(sitting)
    item.title, item.note = title, note
    _note_change(sitting, ("agenda",), actor, now)


def move_item(sitting: Sitting, item: AgendaItem, *, up: bool, actor: Actor, now: datetime) -> None:
    """Move a point one place up or down, as far as there is one; raises SittingFrozen."""
    hold_open(sitting)
    order = list(queries.list_agenda(sitting.id))
    place = order.index(item)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for position, each in enumerate(order, start=1):
        each.position = position
    _note_change(sitting, ("agenda",), actor, now)


def remove_item(sitting: Sitting, item: AgendaItem, *, actor: Actor, now: datetime) -> None:
    """Take a point out of the agenda; raises SittingFrozen."""
    hold_open(sitting)
    db.session.delete(item)
    _note_change(sitting, ("agenda",), actor, now)


def note_presences(
    sitting: Sitting, chosen: Mapping[UUID, PresenceKind], *, actor: Actor, now: datetime
) -> None:
    """Note who came, by membership; raises SittingFrozen, and SeatsVoted when votes would outnumber seats.

    A membership that does not hold on the day of the session is left aside.
    """
    hold_open(sitting)
    for each in queries.list_attending(sitting):
        kind = chosen.get(each.seat.membership_id)
        if kind and kind is not each.presence:
            _note_presence(sitting, each.seat.membership_id, kind, now)
    db.session.flush()
    quorum = queries.quorum_of(sitting, queries.list_attending(sitting))
    if any(each.vote.total > quorum.present for each in queries.list_proposals(sitting.id)):
        raise SeatsVoted
    publish(PresenceNoted(at=now, actor=actor, subject_id=sitting.id, present=quorum.present))


def _note_presence(sitting: Sitting, membership_id: UUID, kind: PresenceKind, now: datetime) -> None:
    known = queries.find_presence(sitting.id, membership_id)
    if known:
        known.kind, known.noted_at = kind, now
        return
    presence = Presence(
        id=new_id(), sitting_id=sitting.id, membership_id=membership_id, kind=kind, noted_at=now
    )
    db.session.add(presence)


def begin(sitting: Sitting, *, today: date, actor: Actor, now: datetime) -> None:
    """Open a session on its day, or write down later that it was; raises AlreadyHeld, SittingAhead, QuorumMissing."""
    hold_open(sitting)
    if sitting.state is not SittingState.CONVENED:
        raise AlreadyHeld
    if sitting.day > today:
        raise SittingAhead
    quorum = queries.quorum_of(sitting, queries.list_attending(sitting))
    if not quorum.is_met:
        raise QuorumMissing
    sitting.quorum = queries.quorum_rule(sitting.programme_id)
    sitting.seats, sitting.seats_present = quorum.seats, quorum.present
    sitting.state, sitting.held_at = SittingState.HELD, now
    db.session.flush()
    publish(
        SittingHeld(at=now, actor=actor, subject_id=sitting.id, present=quorum.present, seats=quorum.seats)
    )


def undo_opening(sitting: Sitting, *, actor: Actor, now: datetime) -> None:
    """Make a session that was opened by mistake convened again, with the attendance that was noted before.

    Raises SittingFrozen, NotHeld, and OpeningStands with what was recorded since.
    """
    hold_open(sitting)
    if sitting.state is not SittingState.HELD:
        raise NotHeld
    recorded = words.recorded(queries.count_recorded(sitting))
    if recorded:
        raise OpeningStands(recorded)
    sitting.state, sitting.held_at = SittingState.CONVENED, None
    sitting.quorum = sitting.seats = sitting.seats_present = None
    db.session.flush()
    publish(OpeningUndone(at=now, actor=actor, subject_id=sitting.id))


def approve(sitting: Sitting, programme: Programme, *, actor: Actor, now: datetime) -> None:
    """Approve the minutes: what they say is written down once, and a job makes their PDF of exactly that.

    Raises SittingFrozen, NotHeld and ProposalsWaiting.
    """
    hold_open(sitting)
    if sitting.state is not SittingState.HELD:
        raise NotHeld
    if any(each.state is ProposalState.PENDING for each in queries.list_proposals(sitting.id)):
        raise ProposalsWaiting
    sitting.state, sitting.approved_at = SittingState.APPROVED, now
    sitting.minutes = compose(sitting, programme, now=now)
    db.session.flush()
    content = json.dumps(sitting.minutes, ensure_ascii=False, sort_keys=True).encode()
    order = MakeMinutes(sitting_id=str(sitting.id), sha256=current_storage().put(content))
    enqueue(order, now=now, key=f"sittings.make-minutes:{sitting.id}:{hashlib.sha256(content).hexdigest()}")
    publish(MinutesApproved(at=now, actor=actor, subject_id=sitting.id))


def keep_pdf(sitting_id: UUID, content: bytes) -> None:
    """Keep the PDF of approved minutes, unless there is one: it is made once."""
    sitting = db.session.get(Sitting, sitting_id, with_for_update=True)
    if sitting is not None and not sitting.minutes_pdf:
        sitting.minutes_pdf = current_storage().put(content)


def add_note(sitting: Sitting, text: str, *, actor: Actor, now: datetime) -> None:
    """Say something about minutes that were approved; raises NotApproved."""
    db.session.refresh(sitting, with_for_update=True)
    if sitting.state is not SittingState.APPROVED:
        raise NotApproved
    number = len(queries.list_notes(sitting.id)) + 1
    db.session.add(SittingNote(id=new_id(), sitting_id=sitting.id, number=number, text=text, written_at=now))
    db.session.flush()
    publish(MinutesNoted(at=now, actor=actor, subject_id=sitting.id, number=number))


def hold_open(sitting: Sitting) -> None:
    """Hold a session until the transaction ends; raises SittingFrozen once its minutes were approved."""
    db.session.refresh(sitting, with_for_update=True)
    if sitting.state is SittingState.APPROVED:
        raise SittingFrozen


def _note_change(sitting: Sitting, fields: tuple[str, ...], actor: Actor, now: datetime) -> None:
    db.session.flush()
    publish(SittingChanged(at=now, actor=actor, subject_id=sitting.id, fields=fields))
