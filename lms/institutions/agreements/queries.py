"""Reads about agreements."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, not_, or_, select

from lms.accounts.models import Person, RoleAssignment
from lms.core.actors import Actor, Permission, ScopeKind
from lms.core.context import role_grants
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.folding import like, words
from lms.institutions.agreements.models import (
    Agreement,
    AgreementAmendment,
    AgreementCommitment,
    AgreementDuty,
    AgreementFile,
    AgreementParty,
    AgreementStep,
    AgreementWarning,
)
from lms.institutions.agreements.permissions import AgreementPermission
from lms.institutions.agreements.rules import CLOSED, WARNING_DAYS, Standing, holds_through
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import list_institutions, subtree_condition
from lms.institutions.programmes.models import Programme

SORTS: Final = ("title", "code", "starts", "ends")
_LAST: Final = date(9999, 12, 31)
"""Where an agreement without a last day stands in the order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party of an agreement with the name that people read."""

    row: AgreementParty
    name: str

    @property
    def id(self) -> UUID:
        """Return the id of the row."""
        return self.row.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """An obligation or product with who answers for it and the acts by which it came so far."""

    row: AgreementDuty
    responsible: str
    steps: tuple[AgreementStep, ...]

    @property
    def id(self) -> UUID:
        """Return the id of the row."""
        return self.row.id


def get_agreement(agreement_id: UUID) -> Agreement:
    """Return an agreement; raises NotFound. For jobs and subscribers: a request asks ``access``."""
    agreement = db.session.get(Agreement, agreement_id)
    if agreement is None:
        raise NotFound
    return agreement


def find_by_code(code: str) -> Agreement | None:
    """Return the agreement that the office numbers so."""
    return db.session.scalar(select(Agreement).where(Agreement.code == code))


def visible_to(actor: Actor, permission: Permission) -> Select[Agreement]:
    """Return the agreements a permission reaches: of the actor's programmes, and those their institutions signed."""
    reach = actor.reach(permission)
    statement = select(Agreement)
    if reach.everywhere:
        return statement
    ways: list[ColumnElement[bool]] = [false()]
    if reach.programmes:
        ways.append(Agreement.programme_id.in_(reach.programmes))
    if reach.institutions:
        ways.append(Agreement.id.in_(_signed_by(reach.institutions)))
    return statement.where(or_(*ways))


def _signed_by(institution_ids: Collection[UUID]) -> Select[Any]:
    """Return the ids of agreements of these institutions, or of one above them."""
    own = select(Institution.path).where(Institution.id.in_(institution_ids)).subquery()
    above = select(Institution.id).join(own, own.c.path.like(Institution.path + "%"))
    return select(AgreementParty.agreement_id).where(AgreementParty.institution_id.in_(above))


def reaches(actor: Actor, permission: Permission, agreement: Agreement) -> bool:
    """Say whether a permission reaches an agreement, to decide what a page offers."""
    found = visible_to(actor, permission).where(Agreement.id == agreement.id).with_only_columns(Agreement.id)
    return db.session.scalar(found) is not None


def list_agreements_for(
    actor: Actor, permission: Permission, *, programme_id: UUID | None = None
) -> Sequence[Agreement]:
    """Return the agreements a permission reaches by code, of one programme when asked: for choices and links."""
    statement = visible_to(actor, permission)
    if programme_id:
        statement = statement.where(Agreement.programme_id == programme_id)
    return db.session.scalars(statement.order_by(Agreement.code)).all()


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What narrows and orders a list of agreements; empty values narrow nothing."""

    text: str = ""
    state: str = ""
    """A value of ``Standing``."""
    kind: str = ""
    programme_id: UUID | None = None
    sort: str = ""
    """One of SORTS, with a minus before it to turn it round."""


def narrow(statement: Select[Agreement], asked: Narrowing, day: date) -> Select[Any]:
    """Return the select of a list: (agreement, programme name) of what is asked for, what ends first before."""
    for word in words(asked.text):
        named = (
            select(AgreementParty.agreement_id)
            .join(Institution)
            .where(Institution.search_text.like(like(word), escape="\\"))
        )
        statement = statement.where(
            or_(Agreement.search_text.like(like(word), escape="\\"), Agreement.id.in_(named))
        )
    if asked.state in set(Standing):
        statement = statement.where(_stands(Standing(asked.state), day))
    if asked.kind:
        statement = statement.where(Agreement.kind == asked.kind)
    if asked.programme_id:
        statement = statement.where(Agreement.programme_id == asked.programme_id)
    rows = statement.outerjoin(Programme, Programme.id == Agreement.programme_id)
    return rows.add_columns(Programme.name).order_by(*_order(asked.sort), Agreement.id)


def _order(sort: str) -> list[Any]:
    ends = func.coalesce(Agreement.ends_on, _LAST)
    columns: dict[str, Any] = {
        "title": Agreement.title,
        "code": Agreement.code,
        "starts": func.coalesce(Agreement.starts_on, _LAST),
        "ends": ends,
    }
    column = columns.get(sort.removeprefix("-"), ends)
    return [column.desc() if sort.startswith("-") else column.asc()]


def _stands(standing: Standing, day: date) -> ColumnElement[bool]:
    """Say ``rules.standing_of`` in SQL, for lists with pages."""
    is_signed = Agreement.starts_on.is_not(None)
    is_over = and_(is_signed, Agreement.ends_on.is_not(None), Agreement.ends_on < day)
    lasts = and_(Agreement.starts_on <= day, or_(Agreement.ends_on.is_(None), Agreement.ends_on >= day))
    is_near = and_(Agreement.ends_on.is_not(None), Agreement.ends_on <= day + timedelta(days=WARNING_DAYS[0]))
    conditions: dict[Standing, ColumnElement[bool]] = {
        Standing.DRAFT: not_(is_signed),
        Standing.UPCOMING: and_(
            Agreement.starts_on > day, or_(Agreement.ends_on.is_(None), Agreement.ends_on >= day)
        ),
        Standing.IN_FORCE: lasts,
        Standing.EXPIRING: and_(lasts, is_near),
        Standing.EXPIRED: and_(is_over, Agreement.was_ended.is_(False)),
        Standing.ENDED: and_(is_over, Agreement.was_ended.is_(True)),
    }
    return conditions[standing]


def list_parties(agreement_ids: Iterable[UUID]) -> dict[UUID, list[Party]]:
    """Return the parties of agreements with their names, in the order in which they were added, in two queries."""
    rows = db.session.scalars(
        select(AgreementParty)
        .where(AgreementParty.agreement_id.in_(list(agreement_ids)))
        .order_by(AgreementParty.id)
    ).all()
    known = list_institutions({row.institution_id for row in rows if row.institution_id})
    found: dict[UUID, list[Party]] = {}
    for row in rows:
        name = known[row.institution_id].name if row.institution_id else row.name
        found.setdefault(row.agreement_id, []).append(Party(row=row, name=name))
    return found


def parties_of(agreement: Agreement) -> list[Party]:
    """Return the parties of one agreement."""
    return list_parties([agreement.id]).get(agreement.id, [])


def find_party(agreement: Agreement, party_id: UUID) -> AgreementParty | None:
    """Return a party of this agreement."""
    return db.session.scalar(
        select(AgreementParty).where(
            AgreementParty.id == party_id, AgreementParty.agreement_id == agreement.id
        )
    )


def find_party_by_key(agreement: Agreement, key: str) -> AgreementParty | None:
    """Return the party of this place key."""
    return db.session.scalar(
        select(AgreementParty).where(
            AgreementParty.agreement_id == agreement.id, AgreementParty.place_key == key
        )
    )


def has_part(party: AgreementParty) -> bool:
    """Say whether something of the agreement hangs from a party."""
    duty = select(AgreementDuty.id).where(AgreementDuty.party_id == party.id).limit(1)
    commitment = select(AgreementCommitment.id).where(AgreementCommitment.party_id == party.id).limit(1)
    return bool(db.session.scalar(duty) or db.session.scalar(commitment))


def duties_of(agreement: Agreement, parties: Sequence[Party]) -> list[Duty]:
    """Return what is owed, by date with what has none last, with its history, in two queries."""
    rows = db.session.scalars(
        select(AgreementDuty)
        .where(AgreementDuty.agreement_id == agreement.id)
        .order_by(func.coalesce(AgreementDuty.due_on, _LAST), AgreementDuty.id)
    ).all()
    steps: dict[UUID, list[AgreementStep]] = {}
    for step in db.session.scalars(
        select(AgreementStep)
        .where(AgreementStep.duty_id.in_([row.id for row in rows]))
        .order_by(AgreementStep.happened_on, AgreementStep.id)
    ):
        steps.setdefault(step.duty_id, []).append(step)
    names = {party.id: party.name for party in parties}
    return [
        Duty(
            row=row,
            responsible=names.get(row.party_id, "") if row.party_id else "",
            steps=tuple(steps.get(row.id, ())),
        )
        for row in rows
    ]


def find_duty(agreement: Agreement, duty_id: UUID) -> AgreementDuty | None:
    """Return an obligation or product of this agreement."""
    return db.session.scalar(
        select(AgreementDuty).where(AgreementDuty.id == duty_id, AgreementDuty.agreement_id == agreement.id)
    )


def commitments_of(agreement: Agreement) -> Sequence[AgreementCommitment]:
    """Return what the agreement promises in numbers, in the order in which it was written."""
    return db.session.scalars(
        select(AgreementCommitment)
        .where(AgreementCommitment.agreement_id == agreement.id)
        .order_by(AgreementCommitment.counter, AgreementCommitment.sector, AgreementCommitment.id)
    ).all()


def find_commitment(agreement: Agreement, commitment_id: UUID) -> AgreementCommitment | None:
    """Return a commitment of this agreement."""
    return db.session.scalar(
        select(AgreementCommitment).where(
            AgreementCommitment.id == commitment_id, AgreementCommitment.agreement_id == agreement.id
        )
    )


def files_of(agreement: Agreement) -> Sequence[AgreementFile]:
    """Return the papers of an agreement, the first one first."""
    return db.session.scalars(
        select(AgreementFile).where(AgreementFile.agreement_id == agreement.id).order_by(AgreementFile.id)
    ).all()


def find_file(agreement: Agreement, file_id: UUID) -> AgreementFile | None:
    """Return a paper of this agreement."""
    return db.session.scalar(
        select(AgreementFile).where(AgreementFile.id == file_id, AgreementFile.agreement_id == agreement.id)
    )


def amendments_of(agreement: Agreement) -> Sequence[AgreementAmendment]:
    """Return what changed an agreement, in order."""
    return db.session.scalars(
        select(AgreementAmendment)
        .where(AgreementAmendment.agreement_id == agreement.id)
        .order_by(AgreementAmendment.number)
    ).all()


def find_renewal(agreement: Agreement) -> Agreement | None:
    """Return the agreement that carries this one on."""
    return db.session.scalar(select(Agreement).where(Agreement.renews_id == agreement.id))


def list_ending(day: date) -> Sequence[Agreement]:
    """Return what ends within the first warning from a day on, and nobody renewed, soonest first."""
    renewed = select(Agreement.renews_id).where(Agreement.renews_id.is_not(None))
    return db.session.scalars(
        select(Agreement)
        .where(
            Agreement.starts_on.is_not(None),
            Agreement.ends_on.between(day, day + timedelta(days=WARNING_DAYS[0])),
            Agreement.id.not_in(renewed),
        )
        .order_by(Agreement.ends_on, Agreement.code)
    ).all()


def was_warned(agreement: Agreement, days: int) -> bool:
    """Say whether this warning of the present last day went out."""
    found = select(AgreementWarning.id).where(
        AgreementWarning.agreement_id == agreement.id,
        AgreementWarning.ends_on == agreement.ends_on,
        AgreementWarning.days == days,
    )
    return db.session.scalar(found) is not None


def count_overdue(agreement_ids: Collection[UUID], day: date) -> dict[UUID, int]:
    """Return how many obligations and products of each agreement are owed since before a day, in one query."""
    rows = db.session.execute(
        select(AgreementDuty.agreement_id, func.count())
        .where(
            AgreementDuty.agreement_id.in_(agreement_ids),
            AgreementDuty.due_on < day,
            AgreementDuty.state.not_in(CLOSED),
        )
        .group_by(AgreementDuty.agreement_id)
    )
    return {row[0]: row[1] for row in rows}


def may_begin_cohort(programme_id: UUID, day: date) -> bool:
    """Say whether a cohort of a programme may begin on a day: one of the agreements that hold its cohorts is in force.

    A programme none of whose agreements holds its cohorts begins them when it likes.
    """
    rows = db.session.execute(
        select(Agreement.starts_on, Agreement.ends_on).where(
            Agreement.programme_id == programme_id,
            Agreement.holds_cohorts.is_(True),
            Agreement.starts_on.is_not(None),
        )
    ).all()
    return not rows or holds_through([(first, last) for first, last in rows if first], day)


def sees_figures(actor: Actor, permission: Permission, agreement: Agreement) -> bool:
    """Say whether the reader may see what commitments count: whole programmes, not the units of one body."""
    reach = actor.reach(permission)
    return reach.everywhere or (
        agreement.programme_id is not None and agreement.programme_id in reach.programmes
    )


def list_agreements_of(institution: Institution, actor: Actor, permission: Permission) -> Sequence[Agreement]:
    """Return the agreements in which an institution, or a unit of it, takes part, what ends last first."""
    inside = select(Institution.id).where(subtree_condition([institution.id]))
    mine = select(AgreementParty.agreement_id).where(AgreementParty.institution_id.in_(inside))
    return db.session.scalars(
        visible_to(actor, permission)
        .where(Agreement.id.in_(mine))
        .order_by(func.coalesce(Agreement.ends_on, _LAST).desc(), Agreement.code)
    ).all()


def list_keepers(agreement: Agreement) -> Sequence[Person]:
    """Return who keeps an agreement: everywhere, or in its programme."""
    roles = [role for role, grants in role_grants().items() if AgreementPermission.MANAGE in grants]
    scopes = [RoleAssignment.kind == ScopeKind.EVERYWHERE]
    if agreement.programme_id:
        in_programme = RoleAssignment.kind == ScopeKind.PROGRAMME
        scopes.append(and_(in_programme, RoleAssignment.scope_id == agreement.programme_id))
    held = select(RoleAssignment.person_id).where(RoleAssignment.role.in_(roles), or_(*scopes))
    return db.session.scalars(
        select(Person).where(Person.is_active, Person.id.in_(held)).order_by(Person.search_text, Person.id)
    ).all()
