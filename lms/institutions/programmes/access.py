"""From an id and an actor to a programme, or nothing."""

from uuid import UUID

from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.errors import NotFound
from lms.institutions.programmes.models import Membership, Programme
from lms.institutions.programmes.queries import find_membership, visible_to


def access_programme(actor: Actor, permission: Permission, programme_id: UUID) -> Programme:
    """Return the programme if the permission reaches it; a stranger cannot tell that it exists."""
    programme: Programme | None = db.session.scalar(
        visible_to(actor, permission).where(Programme.id == programme_id)
    )
    if programme is None:
        raise NotFound
    return programme


def access_membership(programme: Programme, membership_id: UUID) -> Membership:
    """Return a membership of a programme already loaded."""
    membership = find_membership(programme.id, membership_id)
    if membership is None:
        raise NotFound
    return membership
