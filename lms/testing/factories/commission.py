"""Seats of commissions, for tests."""

from datetime import date

from lms.accounts.models import Person
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.institutions.commission.models import SeatHolder
from lms.institutions.commission.rules import HolderRank
from lms.institutions.commission.service import name_holder
from lms.institutions.commission.values import HolderValues
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Membership, MembershipKind, Programme
from lms.institutions.programmes.queries import find_open_membership
from lms.institutions.programmes.service import add_member


def make_seat(
    programme: Programme,
    institution: Institution,
    *,
    starts_on: date | None = None,
    kind: MembershipKind = MembershipKind.MEMBER,
) -> Membership:
    """Give an institution a seat, or return the one that it has."""
    first = starts_on or programme.starts_on
    return add_member(programme, institution, kind=kind, starts_on=first, actor=SYSTEM, now=now())


def make_holder(
    programme: Programme, institution: Institution, *, person: Person | None = None
) -> SeatHolder:
    """Name a titular to the seat of an institution, without resolution: an account, or a name that is written."""
    seat = find_open_membership(programme.id, institution.id, now().date()) or make_seat(
        programme, institution
    )
    values = HolderValues(
        rank=HolderRank.TITULAR,
        post="Dirección de prueba",
        person_id=person.id if person else None,
        name="" if person else "Participante 014",
        starts_on=seat.starts_on,
    )
    return name_holder(seat, values, actor=SYSTEM, now=now())
