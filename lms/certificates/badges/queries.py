"""Reads for strangers who check a badge, and for those who keep the keys."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from lms.accounts.models import Person, RoleAssignment
from lms.certificates.credentials.models import BadgePlace
from lms.certificates.issuing.models import Certificate
from lms.core.actors import ScopeKind
from lms.core.context import role_grants
from lms.core.db import db
from lms.operations.permissions import OperationsPermission


def list_revoked(list_number: int) -> Sequence[int] | None:
    """Return the positions of a list whose badge no longer stands, None for a list that was never begun.

    A badge falls with its document, and when a correction puts another version in its place.
    """
    belongs = BadgePlace.list_number == list_number
    if db.session.scalar(select(BadgePlace.position).where(belongs).limit(1)) is None:
        return None
    return db.session.scalars(
        select(BadgePlace.position)
        .join(Certificate, Certificate.code == BadgePlace.code)
        .where(belongs, or_(Certificate.revoked_at.is_not(None), Certificate.version != BadgePlace.version))
        .order_by(BadgePlace.position)
    ).all()


def list_operators() -> Sequence[Person]:
    """Return who answers for the installation: whoever looks after its jobs everywhere."""
    roles = [role for role, grants in role_grants().items() if OperationsPermission.MANAGE_JOBS in grants]
    return db.session.scalars(
        select(Person)
        .where(
            Person.is_active,
            Person.id.in_(
                select(RoleAssignment.person_id).where(
                    RoleAssignment.role.in_(roles), RoleAssignment.kind == ScopeKind.EVERYWHERE
                )
            ),
        )
        .order_by(Person.search_text, Person.id)
    ).all()
