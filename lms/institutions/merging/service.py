"""Making two records of one person one, and taking that back; every other slice's rows move as it declares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from lms.accounts import service as accounts
from lms.accounts.models import Person
from lms.accounts.queries import get_person, list_assignments
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.i18n import _
from lms.core.ids import new_id
from lms.core.types import Json
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.merging import log, rules
from lms.institutions.merging.declared import declarations, hash_hanging
from lms.institutions.merging.errors import (
    MergeChangedSince,
    MergeOver,
    OwnRecordGoes,
    RoleOutOfReach,
    SameRecord,
)
from lms.institutions.merging.login import account_of, changes_of_account, password_changes
from lms.institutions.merging.messages import MergeUndone, PeopleMerged, PeopleToldApart
from lms.institutions.merging.models import DistinctPeople, MergeChange, PersonMerge
from lms.institutions.merging.planning import Plan, plan_merge
from lms.institutions.merging.queries import find_distinct
from lms.institutions.merging.rules import Login
from lms.institutions.people.queries import may_decide


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records of one person: the one that stands and the one that becomes part of it."""

    kept: Person
    gone: Person


def check_pair(pair: Pair, *, actor: Actor) -> None:
    """Refuse what may not become one; raises SameRecord, OwnRecordGoes, RoleOutOfReach.

    The roles of both must be in the actor's gift: merging may carry them to another account.
    """
    if pair.kept.id == pair.gone.id or pair.kept.merged_into_id or pair.gone.merged_into_id:
        raise SameRecord
    if pair.gone.id == actor.person_id:
        raise OwnRecordGoes
    held = [each for person in (pair.kept, pair.gone) for each in list_assignments(person.id)]
    if not all(may_decide(actor, each) for each in held):
        raise RoleOutOfReach


def merge_people(pair: Pair, login: Login, *, actor: Actor, now: datetime) -> PersonMerge:
    """Make one record of two and return the merge; what is the same twice stays in two rows.

    Raises SameRecord, OwnRecordGoes, RoleOutOfReach, LoginOutOfReach.
    """
    check_pair(pair, actor=actor)
    is_everywhere = actor.reach(DirectoryPermission.MERGE_PEOPLE).everywhere
    rules.check_login(login, account_of(pair.kept), account_of(pair.gone), is_everywhere=is_everywhere)
    plan = plan_merge(pair.kept.id, pair.gone.id, actor=actor, now=now)
    changes = [*plan.changes, *changes_of_account(pair.kept, pair.gone, login, now)]
    merge = _begin(pair, plan, actor=actor, now=now)
    _end_sessions(pair, with_kept=password_changes(pair.kept, changes), actor=actor, now=now)
    count = log.note(merge, changes)
    log.carry_out(changes)
    merge.census = _census(merge.watched)
    db.session.flush()
    publish(
        PeopleMerged(
            at=now,
            actor=actor,
            subject_id=pair.kept.id,
            merge_id=merge.id,
            gone_id=pair.gone.id,
            changes=count,
        )
    )
    return merge


def undo_merge(merge: PersonMerge, *, actor: Actor, now: datetime) -> None:
    """Make two records of one again, exactly as they were; sessions that ended stay ended.

    Raises MergeOver, and MergeChangedSince when something that was brought together has changed since.
    """
    if not rules.can_undo(merge.merged_at, merge.undone_at, now):
        raise MergeOver
    changes = log.list_changes(merge.id)
    _check_unchanged(merge, changes)
    kept = get_person(merge.kept_id)
    gets_other_password = any(
        cell.column_name == "password_hash" and cell.row_key == str(kept.id) for cell in changes
    )
    log.write_back(changes)
    if gets_other_password:
        accounts.revoke_sessions(kept.id, actor=actor, now=now)
    merge.undone_at, merge.undone_by_id = now, actor.person_id
    db.session.flush()
    publish(
        MergeUndone(at=now, actor=actor, subject_id=merge.kept_id, merge_id=merge.id, gone_id=merge.gone_id)
    )


def tell_apart(one: Person, other: Person, *, actor: Actor, now: datetime) -> None:
    """Keep that two records which are alike are two people; saying so again changes nothing."""
    if one.id == other.id:
        raise SameRecord
    if find_distinct(one.id, other.id):
        return
    first, second = sorted((one.id, other.id), key=str)
    db.session.add(
        DistinctPeople(first_id=first, second_id=second, decided_at=now, decided_by_id=actor.person_id)
    )
    db.session.flush()
    publish(PeopleToldApart(at=now, actor=actor, subject_id=one.id, other_id=other.id))


def forget_changes(*, now: datetime) -> int:
    """Forget what stood before merges that can be undone no more; return how many cells."""
    old = select(PersonMerge.id).where(PersonMerge.merged_at <= now - rules.UNDO_FOR)
    statement = delete(MergeChange).where(MergeChange.merge_id.in_(old)).returning(MergeChange.id)
    return len(db.session.scalars(statement).all())


def _begin(pair: Pair, plan: Plan, *, actor: Actor, now: datetime) -> PersonMerge:
    merge = PersonMerge(
        id=new_id(),
        kept_id=pair.kept.id,
        gone_id=pair.gone.id,
        gone_name=pair.gone.name,
        merged_at=now,
        merged_by_id=actor.person_id,
        tally=[
            {"name": line.rows.name, "moved": line.moved, "stayed": line.stayed, "filled": line.filled}
            for line in plan.lines
            if line.gone
        ],
        watched=_watched(plan),
        census={},
    )
    db.session.add(merge)
    db.session.flush()
    return merge


def _watched(plan: Plan) -> Json:
    """Return, by table that other rows hang from, whose rows are looked at before undoing."""
    owners = {rows.owner for rows in declarations()} - {"person"}
    return {
        table: {
            "moved": [str(key) for key in plan.moved.get(table, [])],
            "left": [str(one) for one, _other in plan.twins.get(table, [])],
            "grown": [str(other) for _one, other in plan.twins.get(table, [])],
        }
        for table in sorted(owners)
    }


def _census(watched: Json) -> Json:
    """Return, by declaration, the hash over what hangs from what a merge moved or brought together."""
    census: Json = {}
    for rows in declarations():
        about = watched.get(rows.owner)
        if about:
            wanted = ("moved", "left", "grown") if rows.seals else ("moved", "left")
            census[rows.name] = hash_hanging(rows, [UUID(key) for name in wanted for key in about[name]])
    return census


def _check_unchanged(merge: PersonMerge, changes: Sequence[MergeChange]) -> None:
    if not changes:
        raise MergeOver
    now_there = _census(merge.watched)
    labels = {
        str(rows.label) for rows in declarations() if merge.census.get(rows.name) != now_there.get(rows.name)
    }
    by_cell = {(rows.table, rows.column): str(rows.label) for rows in declarations()}
    by_table = {rows.table: str(rows.label) for rows in declarations()}
    for cell in log.changed_since(changes):
        label = by_cell.get((cell.table_name, cell.column_name)) or by_table.get(cell.table_name)
        labels.add(str(_("Datos de la cuenta")) if cell.table_name == "person" else label or cell.table_name)
    if labels:
        raise MergeChangedSince(
            _(
                "No se puede deshacer: desde la fusión cambió lo que se había reunido (%(what)s).",
                what=", ".join(sorted(labels)),
            )
        )


def _end_sessions(pair: Pair, *, with_kept: bool, actor: Actor, now: datetime) -> None:
    for person in (pair.gone, pair.kept) if with_kept else (pair.gone,):
        accounts.revoke_sessions(person.id, actor=actor, now=now)
