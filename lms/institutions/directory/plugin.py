"""The directory joins the application."""

from lms.core.actors import Role
from lms.core.i18n import _l
from lms.institutions.directory.merges import PERSON_ROWS
from lms.institutions.directory.messages import (
    AffiliationCorrected,
    AffiliationEnded,
    InstitutionActivated,
    InstitutionChanged,
    InstitutionCreated,
    InstitutionDeactivated,
    InstitutionMoved,
    InstitutionRenamed,
    PersonAffiliated,
    RenameUndone,
)
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.privacy import AFFILIATIONS
from lms.institutions.directory.scopes import InstitutionScopes
from lms.institutions.directory.views import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.scopes import ScopeProvider
from lms.plugins.slices import NavItem, Slice

AUDIENCES = ((Role.ADMINISTRATOR, 30), (Role.REVIEWER, 20), (Role.FOCAL_POINT, 20))
"""In whose header institutions stand, and where in it."""


@hookimpl
def register_slice() -> Slice:
    """Declare institutions and affiliations."""
    return Slice(
        name="directory",
        blueprints=(bp,),
        permissions=DirectoryPermission,
        grants={
            Role.ADMINISTRATOR: frozenset(DirectoryPermission),
            Role.FOCAL_POINT: frozenset({DirectoryPermission.READ, DirectoryPermission.MANAGE_PEOPLE}),
            Role.REVIEWER: frozenset({DirectoryPermission.READ}),
        },
        nav=tuple(_destination(audience, order) for audience, order in AUDIENCES),
        events=(
            InstitutionCreated, InstitutionChanged, InstitutionMoved, InstitutionRenamed,
            RenameUndone, InstitutionDeactivated, InstitutionActivated, PersonAffiliated, AffiliationCorrected,
            AffiliationEnded,
        ),
        personal_data=(AFFILIATIONS,),
    )  # fmt: skip


@hookimpl
def register_scope_providers() -> list[ScopeProvider]:
    """Offer institutions as places for roles."""
    return [InstitutionScopes()]


def _destination(audience: Role, order: int) -> NavItem:
    return NavItem(
        label=_l("Instituciones"),
        endpoint="directory.index",
        icon="building-2",
        permission=DirectoryPermission.READ,
        audience=audience,
        order=order,
    )


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how affiliations follow."""
    return PERSON_ROWS
