"""Institutions and affiliations, for tests."""

from datetime import date
from itertools import count

from lms.accounts.models import Person
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.institutions.directory import service
from lms.institutions.directory.models import Affiliation, Institution
from lms.testing.factories.accounts import give_role, make_person

_serial = count(1)
LONG_AGO = date(2020, 1, 1)


def make_institution(
    name: str = "", *, parent: Institution | None = None, sector: str | None = None, territory: str = ""
) -> Institution:
    """Add an institution, as a root unless a parent is given."""
    return service.create_institution(
        name=name or f"Institución {next(_serial):03}",
        sector=sector,
        territory=territory,
        parent=parent,
        actor=SYSTEM,
        now=now(),
    )


def affiliate_person(
    person: Person, institution: Institution, *, post: str = "", starts_on: date = LONG_AGO
) -> Affiliation:
    """Say that a person works at an institution since a day."""
    return service.affiliate(person, institution, post=post, starts_on=starts_on, actor=SYSTEM, now=now())


def make_member(institution: Institution, *, password: str = "") -> Person:
    """Register a person who works at an institution."""
    person = make_person(password=password)
    affiliate_person(person, institution)
    return person


def make_focal_point(institution: Institution) -> Person:
    """Register a person who answers for an institution and everything below it."""
    person = make_member(institution)
    give_role(person, Role.FOCAL_POINT, ScopeKind.INSTITUTION, institution.id)
    return person
