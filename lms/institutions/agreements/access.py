"""From an id and an actor to an agreement and its parts, or nothing."""

from typing import TypeVar
from uuid import UUID

from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.errors import NotFound
from lms.institutions.agreements.models import Agreement
from lms.institutions.agreements.queries import visible_to

T = TypeVar("T")


def access_agreement(actor: Actor, permission: Permission, agreement_id: UUID) -> Agreement:
    """Return the agreement if the permission reaches it; a stranger cannot tell that it exists."""
    agreement = db.session.scalar(visible_to(actor, permission).where(Agreement.id == agreement_id))
    if agreement is None:
        raise NotFound
    return agreement


def access_part(found: T | None) -> T:
    """Return a part of an agreement that was already reached; raises NotFound when it has none such."""
    if found is None:
        raise NotFound
    return found
