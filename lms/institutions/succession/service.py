"""Merging and dividing institutions, and undoing it; the only writer of their tables."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lms.core.actors import Actor
from lms.core.calendar import today
from lms.core.context import registry
from lms.core.db import db
from lms.core.errors import DomainError, NotFound
from lms.core.events import publish
from lms.core.i18n import _
from lms.core.ids import new_id
from lms.institutions.directory import changes as directory
from lms.institutions.directory import queries as known
from lms.institutions.directory import service as basics
from lms.institutions.directory.errors import InstitutionClosed
from lms.institutions.directory.models import Affiliation, Institution
from lms.institutions.directory.rules import check_change
from lms.institutions.succession import queries
from lms.institutions.succession.errors import HeirUnfit, UndoRefused, UnitStays
from lms.institutions.succession.messages import InstitutionSucceeded, SuccessionUndone
from lms.institutions.succession.models import Succession, Successor
from lms.institutions.succession.rules import Division, Move

A_DAY = timedelta(days=1)


def check(institution: Institution, division: Division, heirs: Sequence[Institution]) -> None:
    """Refuse what cannot be; raises InstitutionClosed, HeirUnfit, ChangeInFuture, ChangeBeforeAnother."""
    if not institution.is_active:
        raise InstitutionClosed
    check_change(division.starts_on, today=today(), earlier=(), opened_on=institution.opened_on)
    unfit = [
        heir
        for heir in heirs
        if not heir.is_active
        or heir.is_group
        or heir.path.startswith(institution.path)
        or (heir.opened_on and heir.opened_on > division.starts_on)
    ]
    if unfit or not heirs or len({heir.id for heir in heirs}) < len(heirs):
        raise HeirUnfit


def succeed(
    institution: Institution,
    division: Division,
    heirs: Sequence[Institution],
    *,
    actor: Actor,
    now: datetime,
) -> Succession:
    """Make an institution part of others from a day on: its posts and units go on there, and it is closed.

    Facts of before keep the institution. Raises what ``check`` does, and UnitStays.
    """
    for each in sorted((institution, *heirs), key=lambda each: each.id):
        db.session.refresh(
            each, with_for_update=True
        )  # an heir may become part of another one at this instant
    check(institution, division, heirs)
    by_id = {heir.id: heir for heir in heirs}
    units = _move_units(institution, division, by_id, actor=actor, now=now)
    moves = _move_people(institution, division, by_id, actor=actor, now=now)
    basics.deactivate_institution(institution, since=division.starts_on, actor=actor, now=now)
    ordered = [by_id[each] for each in division.by_tasks]
    handed = _hand_over(institution, ordered, actor=actor, now=now)
    succession = Succession(
        id=new_id(),
        institution_id=institution.id,
        starts_on=division.starts_on,
        decided_at=now,
        moves=[move.written() for move in moves],
        units=units,
        handed=handed,
    )
    _keep(succession, ordered)
    publish(
        InstitutionSucceeded(
            at=now, actor=actor, subject_id=institution.id, heirs=", ".join(heir.name for heir in ordered),
            starts_on=division.starts_on, people=len(moves), units=len(units),
        )
    )  # fmt: skip
    return succession


def _hand_over(
    institution: Institution, heirs: Sequence[Institution], *, actor: Actor, now: datetime
) -> dict[str, Any]:
    """Let each upper slice give what goes on; return what it needs for the way back, by its name."""
    ids = [heir.id for heir in heirs]
    handed = {
        name: tie.hand_over(institution.id, ids, actor=actor, now=now)
        for name, tie in registry("institution_ties").items()
    }
    return {name: given for name, given in handed.items() if given}


def _give_back(succession: Succession, *, actor: Actor, now: datetime) -> None:
    ties = registry("institution_ties")
    for name, given in (succession.handed or {}).items():
        if name in ties:
            ties[name].give_back(given, actor=actor, now=now)


def _keep(succession: Succession, heirs: Sequence[Institution]) -> None:
    db.session.add(succession)
    db.session.flush()
    db.session.add_all(
        Successor(id=new_id(), succession_id=succession.id, institution_id=heir.id, position=position)
        for position, heir in enumerate(heirs)
    )
    db.session.flush()


def _move_units(
    institution: Institution,
    division: Division,
    heirs: Mapping[UUID, Institution],
    *,
    actor: Actor,
    now: datetime,
) -> list[list[str]]:
    moved: list[list[str]] = []
    for unit in known.list_children(institution.id):
        heir = heirs[division.heir_of_unit(unit.id)]
        try:
            basics.move_institution(unit, heir, since=division.starts_on, actor=actor, now=now)
        except DomainError as refusal:
            raise UnitStays(
                _("El área %(name)s no puede pasar: %(reason)s", name=unit.name, reason=str(refusal))
            ) from refusal
        moved.append([unit.id.hex, heir.id.hex])
    return moved


def _move_people(
    institution: Institution,
    division: Division,
    heirs: Mapping[UUID, Institution],
    *,
    actor: Actor,
    now: datetime,
) -> list[Move]:
    return [
        _move(affiliation, division, heirs[division.heir_of_person(affiliation.person_id)], actor, now)
        for affiliation, _person in queries.list_affiliations_since(institution.id, division.starts_on)
    ]


def _move(
    affiliation: Affiliation, division: Division, heir: Institution, actor: Actor, now: datetime
) -> Move:
    ends_on = affiliation.ends_on
    begun = directory.transfer(affiliation, heir, since=division.starts_on, actor=actor, now=now)
    return Move(affiliation.id, begun.id if begun else None, heir.id, ends_on)


def undo(institution: Institution, *, actor: Actor, now: datetime) -> None:
    """Take a merger or division back: posts and units are where they were, and the institution is open.

    Raises UndoRefused when anything of it was changed since, and NotFound when there is none.
    """
    succession = queries.find_standing(institution.id)
    if succession is None:
        raise NotFound
    moves = [Move.read(each) for each in succession.moves]
    _check_undo(succession, institution, moves)
    basics.activate_institution(institution, actor=actor, now=now)
    for unit_id, _heir in succession.units:
        directory.undo_move(known.get_institution(UUID(unit_id)), actor=actor, now=now)
    for move in moves:
        _move_back(succession, move, actor=actor, now=now)
    succession.undone_at = now
    db.session.flush()
    _give_back(succession, actor=actor, now=now)
    publish(SuccessionUndone(at=now, actor=actor, subject_id=institution.id, starts_on=succession.starts_on))


def _move_back(succession: Succession, move: Move, *, actor: Actor, now: datetime) -> None:
    affiliation = db.session.get(Affiliation, move.affiliation_id)
    begun = db.session.get(Affiliation, move.begun_id) if move.begun_id else None
    if affiliation is not None:
        directory.take_back(
            affiliation,
            begun,
            institution_id=succession.institution_id,
            ends_on=move.ends_on,
            actor=actor,
            now=now,
        )


def _check_undo(succession: Succession, institution: Institution, moves: Sequence[Move]) -> None:
    if institution.is_active or institution.closed_on != succession.starts_on:
        raise UndoRefused(_("La institución se reactivó o se dio de baja otro día."))
    if any(not heir.is_active for heir in queries.list_heirs(succession)):
        raise UndoRefused(_("Una de las instituciones que la recibieron está dada de baja."))
    last_day = succession.starts_on - A_DAY
    former = known.list_former_parents([UUID(unit) for unit, _heir in succession.units])
    for unit_id, heir_id in succession.units:
        unit, places = known.get_institution(UUID(unit_id)), former[UUID(unit_id)]
        if unit.parent_id != UUID(heir_id) or not places or places[0].ends_on != last_day:
            raise UndoRefused(_("El área %(name)s cambió de lugar después.", name=unit.name))
    people = {
        person_id for move in moves if (person_id := _person_of(move, succession, last_day)) is not None
    }
    heirs = {move.heir_id for move in moves}
    uses = queries.list_uses(people, heirs, succession.decided_at) if people else []
    if uses:
        raise UndoRefused(
            _("Ya hay registros que dependen de ella: %(uses)s.", uses="; ".join(map(str, uses)))
        )


def _person_of(move: Move, succession: Succession, last_day: object) -> UUID | None:
    """Return whose post it is if nobody touched it since; None when they were erased. Raises UndoRefused."""
    old = db.session.get(Affiliation, move.affiliation_id)
    if old is None:
        return None
    begun = db.session.get(Affiliation, move.begun_id) if move.begun_id else old
    is_same = (
        begun is not None
        and begun.person_id == old.person_id
        and begun.institution_id == move.heir_id
        and begun.ends_on == move.ends_on
        and (begun is old or (old.ends_on == last_day and begun.starts_on == succession.starts_on))
    )
    if not is_same:
        raise UndoRefused(_("La adscripción de una de las personas cambió después."))
    return old.person_id
