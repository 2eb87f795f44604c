"""People, for tests."""

from itertools import count
from uuid import UUID

from lms.accounts import service
from lms.accounts.models import Person
from lms.core.actors import SYSTEM, Assignment, Role, ScopeKind
from lms.core.clock import now

PASSWORD = "una frase larga y tranquila"  # noqa: S105  # of people who do not exist
_serial = count(1)


def make_person(*, given_names: str = "Participante", email: str = "", password: str = "") -> Person:
    """Register a fictional person, with a password when one is given (it costs 60 ms)."""
    number = next(_serial)
    person = service.register_person(
        given_names=given_names,
        first_surname=f"{number:03}",
        second_surname="",
        email=email or f"participante.{number:03}@example.org",
        actor=SYSTEM,
        now=now(),
    )
    if password:
        service.set_password(person, password, now=now())
    return person


def give_role(
    person: Person, role: Role, kind: ScopeKind = ScopeKind.EVERYWHERE, scope_id: UUID | None = None
) -> None:
    """Give a person a role in a scope."""
    service.give_role(person, Assignment(role, kind, scope_id), actor=SYSTEM, now=now())


def make_administrator() -> Person:
    """Register somebody who administers everything."""
    person = make_person(given_names="Administración")
    give_role(person, Role.ADMINISTRATOR)
    return person
