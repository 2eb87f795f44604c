"""From an id and an actor to a person or one of their roles, or nothing."""

from uuid import UUID

from lms.accounts.models import Person, RoleAssignment
from lms.core.actors import Actor
from lms.core.calendar import today
from lms.core.errors import NotFound
from lms.institutions.directory.access import access_person as person_in_reach
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.people import queries


def access_person(
    actor: Actor, person_id: UUID, permission: DirectoryPermission = DirectoryPermission.MANAGE_PEOPLE
) -> Person:
    """Return a person whom the actor administers."""
    return person_in_reach(actor, permission, person_id, on=today())


def access_role(person: Person, role_id: UUID) -> RoleAssignment:
    """Return a role of a person already loaded."""
    held = queries.find_role(person.id, role_id)
    if held is None:
        raise NotFound
    return held
