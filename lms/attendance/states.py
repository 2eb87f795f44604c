"""What can be done with a programme's states; the only writer of their table and of its policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from lms.attendance.credits import minimum_share_of, states_of
from lms.attendance.messages import StatesSet
from lms.attendance.models import AttendancePolicy, AttendanceState
from lms.attendance.rules import CREDITS, FIXED, Mark
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.institutions.programmes.messages import ProgrammeCreated


@dataclass(frozen=True, slots=True, kw_only=True)
class StateValues:
    """What an administrator says about a state."""

    label: str
    credit: Fraction
    """In [0, 1]; being present stays one and being absent nothing."""


def seed_states(event: ProgrammeCreated) -> None:
    """Give a new programme the usual five states."""
    db.session.add_all(_usual(event.subject_id, role) for role in Mark)


def _usual(programme_id: UUID, role: Mark) -> AttendanceState:
    return AttendanceState(
        id=new_id(), programme_id=programme_id, code=role.value, credit=CREDITS[role], role=role
    )


def set_states(
    programme_id: UUID,
    values: Mapping[str, StateValues],
    *,
    minimum_share: Fraction,
    actor: Actor,
    now: datetime,
) -> frozenset[str]:
    """Change what the states are called and worth, by code, and what new meetings ask; return what changed.

    Shares and the register follow at once; meetings that are planned already keep what they ask.
    """
    changed = {state.code for state in states_of(programme_id) if _change(state, values.get(state.code))}
    if minimum_share != minimum_share_of(programme_id):
        policy = db.session.get(AttendancePolicy, programme_id) or AttendancePolicy(programme_id=programme_id)
        policy.minimum_share = minimum_share
        db.session.add(policy)
        changed.add("minimum-share")
    if changed:
        db.session.flush()
        event = StatesSet(at=now, actor=actor, subject_id=programme_id, changed=tuple(sorted(changed)))
        publish(event)
    return frozenset(changed)


def _change(state: AttendanceState, values: StateValues | None) -> bool:
    """Give a state its new words and worth; say whether either is another one."""
    if values is None:
        return False
    credit = state.credit if state.role in FIXED else values.credit
    before = state.label, state.credit
    state.label, state.credit = values.label, credit
    return before != (state.label, state.credit)
