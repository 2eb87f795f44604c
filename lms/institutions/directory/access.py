"""From an id and an actor to an institution or a person, or nothing."""

from datetime import date
from uuid import UUID

from lms.accounts.models import Person
from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.errors import NotFound
from lms.institutions.directory import queries
from lms.institutions.directory.models import Institution


def access_institution(actor: Actor, permission: Permission, institution_id: UUID) -> Institution:
    """Return the institution if the permission reaches it; a stranger cannot tell that it exists."""
    statement = queries.visible_to(actor, permission).where(Institution.id == institution_id)
    institution: Institution | None = db.session.scalar(statement)
    if institution is None:
        raise NotFound
    return institution


def access_person(actor: Actor, permission: Permission, person_id: UUID, *, on: date) -> Person:
    """Return the person if they work, or soon will, where the permission reaches."""
    statement = queries.people_visible_to(actor, permission, on, among=[person_id])
    person: Person | None = db.session.scalar(statement)
    if person is None:
        raise NotFound
    return person
