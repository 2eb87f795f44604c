"""Agreements join the application."""

from lms.core.actors import Role
from lms.institutions.agreements.permissions import AgreementPermission
from lms.institutions.agreements.queries import list_agreements_for  # noqa: F401  # brings the tables in
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare agreements, their pages and warnings."""
    return Slice(
        name="agreements",
        permissions=AgreementPermission,
        grants={
            Role.ADMINISTRATOR: frozenset(AgreementPermission),
            Role.REVIEWER: frozenset({AgreementPermission.READ}),
            Role.FOCAL_POINT: frozenset({AgreementPermission.READ}),
        },
    )
