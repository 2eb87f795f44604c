"""What can be done with a programme's states; the only writer of their table and of its policy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from lms.attendance import rules
from lms.attendance.credits import minimum_share_of, offered_of, states_of
from lms.attendance.errors import LetterTaken, StateNeeded
from lms.attendance.messages import StatesSet
from lms.attendance.models import AttendancePolicy, AttendanceState, write_earlier
from lms.attendance.rules import CREDITS, FIXED, Mark
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.institutions.programmes.messages import ProgrammeCreated
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.rules import ProgrammeValues
from lms.institutions.programmes.service import change_programme


@dataclass(frozen=True, slots=True, kw_only=True)
class StateValues:
    """What an administrator says about a state."""

    label: str
    credit: Fraction
    """In [0, 1]; being present stays one and being absent nothing."""
    letter: str = ""
    """Its key at the roll call; empty for the usual one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an administrator says a programme asks for."""

    minimum_share: Fraction
    """Part of their time that new meetings ask for."""
    attendance_share: Fraction | None = None
    """Part of all planned meetings; None leaves it."""
    since: date | None = None
    """First day of the meetings at which states are worth something else; None changes all of them."""


def seed_states(event: ProgrammeCreated) -> None:
    """Give a new programme the usual five states."""
    db.session.add_all(_usual(event.subject_id, role) for role in Mark)


def _usual(programme_id: UUID, role: Mark) -> AttendanceState:
    return AttendanceState(
        id=new_id(), programme_id=programme_id, code=role.value, credit=CREDITS[role], role=role, earlier=[]
    )


def set_states(
    programme: Programme, values: Mapping[str, StateValues], *, asked: Asked, actor: Actor, now: datetime
) -> frozenset[str]:
    """Change what the states are called and worth, by code, and what the programme asks; return what changed.

    Shares, hours and the register follow at once, and a job completes whoever has everything now; completions and
    meetings that are planned already keep what they have. Raises LetterTaken.
    """
    known = states_of(programme.id)
    _check_letters(known, values)
    changed = {state.code for state in known if _change(state, values.get(state.code), asked.since)}
    if asked.minimum_share != minimum_share_of(programme.id):
        policy = db.session.get(AttendancePolicy, programme.id) or AttendancePolicy(programme_id=programme.id)
        policy.minimum_share = asked.minimum_share
        db.session.add(policy)
        changed.add("minimum-share")
    if changed:
        _publish(programme.id, changed, actor=actor, now=now)
    if _ask(programme, asked.attendance_share, actor=actor, now=now):
        changed.add("attendance-share")
    return frozenset(changed)


def _ask(programme: Programme, share: Fraction | None, *, actor: Actor, now: datetime) -> bool:
    """Let a programme ask for a part of all planned meetings; say whether it asked for another one."""
    if share is None or float(share) == programme.attendance_share:
        return False
    held = ProgrammeValues(**{each.name: getattr(programme, each.name) for each in fields(ProgrammeValues)})
    change_programme(programme, replace(held, attendance_share=float(share)), actor=actor, now=now)
    return True


def _check_letters(known: Iterable[AttendanceState], values: Mapping[str, StateValues]) -> None:
    """Refuse two states in use with one key; raises LetterTaken."""
    used: set[str] = set()
    for state in known:
        said = values.get(state.code)
        letter = said.letter.upper() if said else state.letter
        letter = letter or (rules.LETTERS[state.role] if state.is_default else "")
        if letter and state.retired_at is None:
            if letter in used:
                raise LetterTaken(letter)
            used.add(letter)


def _change(state: AttendanceState, values: StateValues | None, since: date | None) -> bool:
    """Give a state its new words and worth; say whether either is another one."""
    if values is None:
        return False
    credit = state.credit if state.role in FIXED else values.credit
    before = state.label, state.credit, state.letter
    if credit != state.credit:
        history = rules.change_credit(state.credit, state.history, to=credit, since=since)
        state.earlier = write_earlier(history)
    state.label, state.credit, state.letter = values.label, credit, values.letter.upper()
    return before != (state.label, state.credit, state.letter)


def add_state(
    programme_id: UUID, values: StateValues, *, role: Mark, actor: Actor, now: datetime
) -> AttendanceState:
    """Give a programme one more state, which plays the part of a mark; raises LetterTaken."""
    known = states_of(programme_id)
    letter = values.letter.upper()
    if letter and letter in {state.key for state in known if state.retired_at is None}:
        raise LetterTaken(letter)
    state = AttendanceState(
        id=new_id(), programme_id=programme_id, code=f"state-{len(known) + 1}", label=values.label,
        credit=CREDITS[role] if role in FIXED else values.credit, role=role, letter=letter, is_default=False,
        earlier=[],
    )  # fmt: skip
    db.session.add(state)
    _publish(programme_id, {state.code}, actor=actor, now=now)
    return state


def retire_state(state: AttendanceState, *, actor: Actor, now: datetime) -> None:
    """Offer a state no more; marks that have it keep it. Raises StateNeeded for one to which coming and going lead."""
    if state.is_default:
        raise StateNeeded
    if state.retired_at is None:
        state.retired_at = now
        _publish(state.programme_id, {state.code}, actor=actor, now=now)


def restore_state(state: AttendanceState, *, actor: Actor, now: datetime) -> None:
    """Offer a retired state again; raises LetterTaken when another one has its key by now."""
    if state.retired_at is None:
        return
    if state.letter and state.letter in {each.key for each in offered_of(state.programme_id)}:
        raise LetterTaken(state.letter)
    state.retired_at = None
    _publish(state.programme_id, {state.code}, actor=actor, now=now)


def _publish(programme_id: UUID, changed: Iterable[str], *, actor: Actor, now: datetime) -> None:
    db.session.flush()
    publish(StatesSet(at=now, actor=actor, subject_id=programme_id, changed=tuple(sorted(changed))))
