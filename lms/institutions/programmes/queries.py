"""Reads about programmes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select

from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.errors import NotFound
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import (
    Issuer,
    Membership,
    MembershipKind,
    Programme,
    Signatory,
    Target,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An institution of a programme on one day."""

    membership_id: UUID
    institution_id: UUID
    name: str
    sector: str | None
    kind: MembershipKind
    starts_on: date
    ends_on: date | None
    target: float | None
    """Fraction agreed for the year; null when the programme's own holds."""


def get_programme(programme_id: UUID) -> Programme:
    """Return a programme; raises NotFound."""
    programme = db.session.get(Programme, programme_id)
    if programme is None:
        raise NotFound
    return programme


def find_programme(programme_id: UUID | None) -> Programme | None:
    """Return a programme, if there is one of this id."""
    return db.session.get(Programme, programme_id) if programme_id else None


def find_programme_by_code(code: str) -> Programme | None:
    """Return the programme whose folios begin with this code."""
    return db.session.scalar(select(Programme).where(Programme.code == code))


def visible_to(actor: Actor, permission: Permission) -> Select[Any]:
    """Return the programmes a permission reaches: the actor's own, and those their institutions take part in."""
    reach = actor.reach(permission)
    statement = select(Programme).order_by(Programme.name)
    if reach.everywhere:
        return statement
    return statement.where(
        or_(Programme.id.in_(reach.programmes), Programme.id.in_(_programmes_of(reach.institutions)))
    )


def _programmes_of(institution_ids: frozenset[UUID]) -> Select[Any]:
    """Return the ids of programmes in which these institutions, or one above them, take part."""
    own = select(Institution.path).where(Institution.id.in_(institution_ids)).subquery()
    above = select(Institution.id).join(own, own.c.path.like(Institution.path + "%"))
    return select(Membership.programme_id).where(Membership.institution_id.in_(above))


def list_programmes_for(actor: Actor, permission: Permission) -> Sequence[Programme]:
    """Return the programmes a permission reaches, by name."""
    return db.session.scalars(visible_to(actor, permission)).all()


def member_condition(programme_id: UUID, on: date) -> ColumnElement[bool]:
    """Return the condition that an institution takes part in the programme on a day."""
    ids = select(Membership.institution_id).where(
        Membership.programme_id == programme_id,
        Membership.starts_on <= on,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= on),
    )
    return Institution.id.in_(ids)


def list_members(programme_id: UUID, on: date) -> list[Member]:
    """Return who takes part on a day, members before guests, with the year's target, in one query."""
    target = (
        (Target.institution_id == Institution.id)
        & (Target.programme_id == programme_id)
        & (Target.year == on.year)
    )
    rows = db.session.execute(
        select(Membership, Institution, Target.share)
        .join(Institution, Institution.id == Membership.institution_id)
        .outerjoin(Target, target)
        .where(
            Membership.programme_id == programme_id,
            Membership.starts_on <= on,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= on),
        )
        .order_by(Membership.kind, Institution.search_text)
    ).all()
    return [
        Member(
            membership_id=membership.id,
            institution_id=institution.id,
            name=institution.name,
            sector=institution.sector,
            kind=membership.kind,
            starts_on=membership.starts_on,
            ends_on=membership.ends_on,
            target=share,
        )
        for membership, institution, share in rows
    ]


def find_membership(programme_id: UUID, membership_id: UUID) -> Membership | None:
    """Return one membership of this programme."""
    return db.session.scalar(
        select(Membership).where(Membership.id == membership_id, Membership.programme_id == programme_id)
    )


def find_open_membership(programme_id: UUID, institution_id: UUID, on: date) -> Membership | None:
    """Return the membership of an institution that holds on a day."""
    return db.session.scalar(
        select(Membership).where(
            Membership.programme_id == programme_id,
            Membership.institution_id == institution_id,
            Membership.starts_on <= on,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= on),
        )
    )


def find_target(programme_id: UUID, institution_id: UUID, year: int) -> Target | None:
    """Return the target that was set for an institution and year."""
    return db.session.scalar(
        select(Target).where(
            Target.programme_id == programme_id, Target.institution_id == institution_id, Target.year == year
        )
    )


def targets_of(programme: Programme, year: int) -> dict[UUID, float]:
    """Return the targets set for a year by institution; others take the programme's own."""
    rows = db.session.execute(
        select(Target.institution_id, Target.share).where(
            Target.programme_id == programme.id, Target.year == year
        )
    ).all()
    return {row[0]: row[1] for row in rows}


def target_for(programme: Programme, institution_id: UUID, year: int) -> float:
    """Return what share of its enrolled people an institution should reach in a year."""
    found = find_target(programme.id, institution_id, year)
    return found.share if found else programme.target_share


def list_signatories(programme_id: UUID) -> Sequence[Signatory]:
    """Return who signs, in order."""
    return db.session.scalars(
        select(Signatory).where(Signatory.programme_id == programme_id).order_by(Signatory.position)
    ).all()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuing:
    """An authority that issues certificates, as documents print it."""

    name: str
    unit: str
    logo: str
    """Name of its picture in the storage; empty without one."""


def list_issuers(programme: Programme) -> list[Issuing]:
    """Return who issues a programme's certificates, in order: its own authority first."""
    own = Issuing(name=programme.issuer_name, unit=programme.issuer_unit, logo=programme.issuer_logo)
    return [
        own,
        *(Issuing(name=each.name, unit=each.unit, logo=each.logo) for each in list_co_issuers(programme)),
    ]


def list_co_issuers(programme: Programme) -> Sequence[Issuer]:
    """Return the authorities that issue together with a programme's own, in order."""
    return db.session.scalars(
        select(Issuer).where(Issuer.programme_id == programme.id).order_by(Issuer.position)
    ).all()
