"""The directory joins the application."""

from lms.core.actors import Role
from lms.institutions.directory.messages import (
    AffiliationCorrected,
    AffiliationEnded,
    InstitutionActivated,
    InstitutionChanged,
    InstitutionCreated,
    InstitutionDeactivated,
    InstitutionMoved,
    PersonAffiliated,
)
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.privacy import AFFILIATIONS
from lms.institutions.directory.scopes import InstitutionScopes
from lms.plugins.hooks import hookimpl
from lms.plugins.scopes import ScopeProvider
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare institutions and affiliations."""
    return Slice(
        name="directory",
        permissions=DirectoryPermission,
        grants={
            Role.ADMINISTRATOR: frozenset(DirectoryPermission),
            Role.FOCAL_POINT: frozenset({DirectoryPermission.READ, DirectoryPermission.MANAGE_PEOPLE}),
            Role.REVIEWER: frozenset({DirectoryPermission.READ}),
        },
        events=(
            InstitutionCreated, InstitutionChanged, InstitutionMoved, InstitutionDeactivated,
            InstitutionActivated, PersonAffiliated, AffiliationCorrected, AffiliationEnded,
        ),
        personal_data=(AFFILIATIONS,),
    )  # fmt: skip


@hookimpl
def register_scope_providers() -> list[ScopeProvider]:
    """Offer institutions as places for roles."""
    return [InstitutionScopes()]
