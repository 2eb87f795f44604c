"""From an id and an actor to a session and its parts, or nothing."""

from typing import TypeVar
from uuid import UUID

from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.errors import NotFound
from lms.institutions.programmes.models import Programme
from lms.institutions.sessions.models import Sitting
from lms.institutions.sessions.permissions import SittingPermission
from lms.institutions.sessions.queries import list_programmes, visible_to

T = TypeVar("T")


def access_sitting(actor: Actor, permission: Permission, sitting_id: UUID) -> Sitting:
    """Return the session if the permission reaches it; a stranger cannot tell that it exists."""
    sitting: Sitting | None = db.session.scalar(visible_to(actor, permission).where(Sitting.id == sitting_id))
    if sitting is None:
        raise NotFound
    return sitting


def access_commission(actor: Actor, programme_id: UUID) -> Programme:
    """Return a programme whose commission the actor convenes; raises NotFound."""
    found = (each for each in list_programmes(actor, SittingPermission.MANAGE) if each.id == programme_id)
    programme = next(found, None)
    if programme is None:
        raise NotFound
    return programme


def access_part(found: T | None) -> T:
    """Return a part of a session that was already reached; raises NotFound when it has none such."""
    if found is None:
        raise NotFound
    return found
