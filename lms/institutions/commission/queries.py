"""Reads about the seats of a commission."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from lms.accounts.models import Person
from lms.accounts.queries import list_people_with_role
from lms.core.actors import Role, ScopeKind
from lms.core.db import db
from lms.institutions.commission.models import SeatHolder
from lms.institutions.commission.rules import HolderRank, SeatOn
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Membership, MembershipKind

KIND_ORDER = (MembershipKind.MEMBER, MembershipKind.PERMANENT_GUEST, MembershipKind.SECRETARIAT)


def list_seats(programme_id: UUID, on: date) -> list[SeatOn]:
    """Return the seats of a day, members first, each with who holds it on that day, in two queries."""
    rows = db.session.execute(
        select(Membership, Institution)
        .join(Institution, Institution.id == Membership.institution_id)
        .where(Membership.programme_id == programme_id, _seat_holds(on))
        .order_by(Institution.search_text, Membership.id)
    ).all()
    holders = _holders([membership.id for membership, _institution in rows], on)
    seats = [_seat_on(membership, institution, holders) for membership, institution in rows]
    return sorted(seats, key=lambda seat: KIND_ORDER.index(MembershipKind(seat.kind)))


def list_dates(programme_id: UUID) -> list[date]:
    """Return the days on which the membership changed, newest first: where an institution came, or after it left."""
    rows = db.session.execute(
        select(Membership.starts_on, Membership.ends_on).where(Membership.programme_id == programme_id)
    ).all()
    days = {row[0] for row in rows} | {date.fromordinal(row[1].toordinal() + 1) for row in rows if row[1]}
    return sorted(days, reverse=True)


def list_focal_names(institution_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Return who answers for each institution today by role, in one query."""
    found: dict[UUID, list[str]] = {}
    for assignment, person in list_people_with_role(ScopeKind.INSTITUTION, institution_ids):
        if assignment.role is Role.FOCAL_POINT and person.is_active and assignment.scope_id:
            found.setdefault(assignment.scope_id, []).append(person.name)
    return found


def find_other_seat(membership: Membership, first: date, last: date | None) -> Membership | None:
    """Return another seat of the same institution that shares a day with these."""
    ends_after = or_(Membership.ends_on.is_(None), Membership.ends_on >= first)
    return db.session.scalar(
        select(Membership).where(
            Membership.programme_id == membership.programme_id,
            Membership.institution_id == membership.institution_id,
            Membership.id != membership.id,
            ends_after,
            *([] if last is None else [Membership.starts_on <= last]),
        )
    )


def list_holders(membership_id: UUID) -> list[tuple[SeatHolder, str]]:
    """Return everybody who held a seat with their name, newest first."""
    rows = db.session.execute(
        select(SeatHolder, Person)
        .outerjoin(Person, Person.id == SeatHolder.person_id)
        .where(SeatHolder.membership_id == membership_id)
        .order_by(SeatHolder.starts_on.desc(), SeatHolder.rank)
    ).all()
    return [(holder, name_of(holder, person)) for holder, person in rows]


def find_holder(membership: Membership, holder_id: UUID) -> SeatHolder | None:
    """Return a holder of this seat."""
    return db.session.scalar(
        select(SeatHolder).where(SeatHolder.id == holder_id, SeatHolder.membership_id == membership.id)
    )


def find_latest_holder(membership_id: UUID, rank: HolderRank) -> SeatHolder | None:
    """Return who was named last to a seat."""
    return db.session.scalar(
        select(SeatHolder)
        .where(SeatHolder.membership_id == membership_id, SeatHolder.rank == rank)
        .order_by(SeatHolder.starts_on.desc())
        .limit(1)
    )


def name_of(holder: SeatHolder, person: Person | None) -> str:
    """Return the name of a holder: the account's, else as the resolution writes it."""
    return person.name if person else holder.name


def _seat_holds(on: date) -> ColumnElement[bool]:
    return (Membership.starts_on <= on) & or_(Membership.ends_on.is_(None), Membership.ends_on >= on)


Held = dict[tuple[UUID, HolderRank], tuple[SeatHolder, str]]


def _holders(membership_ids: Sequence[UUID], on: date) -> Held:
    lasts = or_(SeatHolder.ends_on.is_(None), SeatHolder.ends_on >= on)
    rows = db.session.execute(
        select(SeatHolder, Person)
        .outerjoin(Person, Person.id == SeatHolder.person_id)
        .where(SeatHolder.membership_id.in_(membership_ids), SeatHolder.starts_on <= on, lasts)
        .order_by(SeatHolder.starts_on)
    ).all()
    return {(row[0].membership_id, row[0].rank): (row[0], name_of(row[0], row[1])) for row in rows}


def _seat_on(membership: Membership, institution: Institution, held: Held) -> SeatOn:
    titular = held.get((membership.id, HolderRank.TITULAR))
    alternate = held.get((membership.id, HolderRank.ALTERNATE))
    holders = [each[0] for each in (titular, alternate) if each]
    return SeatOn(
        membership_id=membership.id,
        institution_id=institution.id,
        institution=institution.name,
        kind=membership.kind.value,
        sector=institution.sector,
        starts_on=membership.starts_on,
        ends_on=membership.ends_on,
        resolution=membership.resolution,
        resolution_on=membership.resolution_on,
        titular=titular[1] if titular else "",
        titular_post=titular[0].post if titular else "",
        alternate=alternate[1] if alternate else "",
        alternate_post=alternate[0].post if alternate else "",
        titular_resolution=titular[0].resolution if titular else "",
        alternate_resolution=alternate[0].resolution if alternate else "",
        is_resolution_missing=not membership.resolution or any(not each.resolution for each in holders),
    )
