"""Programmes join the application."""

from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.storage import KeptFiles
from lms.institutions.programmes.messages import (
    IssuersSet,
    MemberAdded,
    MemberLeft,
    ProgrammeChanged,
    ProgrammeCreated,
    SignatoriesSet,
    TargetSet,
)
from lms.institutions.programmes.models import Issuer, Programme
from lms.institutions.programmes.permissions import ProgrammePermission
from lms.institutions.programmes.scopes import ProgrammeScopes
from lms.institutions.programmes.ties import Seats
from lms.institutions.programmes.views import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.institutions import InstitutionTie
from lms.plugins.scopes import ScopeProvider
from lms.plugins.slices import NavItem, Slice

READ = frozenset({ProgrammePermission.READ})


@hookimpl
def register_slice() -> Slice:
    """Declare programmes, their members and targets."""
    return Slice(
        name="programmes",
        blueprints=(bp,),
        permissions=ProgrammePermission,
        grants={
            Role.ADMINISTRATOR: frozenset(ProgrammePermission),
            Role.REVIEWER: READ,
            Role.FOCAL_POINT: READ,
        },
        nav=(
            NavItem(
                label=_l("Programas"),
                endpoint="programmes.index",
                icon="flag",
                permission=ProgrammePermission.READ,
                audience=Role.ADMINISTRATOR,
                order=30,
            ),
        ),
        events=(
            ProgrammeCreated,
            ProgrammeChanged,
            MemberAdded,
            MemberLeft,
            TargetSet,
            SignatoriesSet,
            IssuersSet,
        ),
        kept_files=(KeptFiles(name="programmes.logos", columns=(Programme.issuer_logo, Issuer.logo)),),
    )


@hookimpl
def register_scope_providers() -> list[ScopeProvider]:
    """Let roles be given for a programme."""
    return [ProgrammeScopes()]


@hookimpl
def register_institution_ties() -> list[InstitutionTie]:
    """Say which seats stay with an institution that ends."""
    return [Seats()]
