"""Territories join the application."""

from lms.core.actors import Role
from lms.institutions.territories.messages import TerritoriesImported
from lms.institutions.territories.permissions import TerritoryPermission
from lms.institutions.territories.views import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice

READS = frozenset({TerritoryPermission.READ})


@hookimpl
def register_slice() -> Slice:
    """Declare the catalogue of territories."""
    return Slice(
        name="territories",
        blueprints=(bp,),
        permissions=TerritoryPermission,
        grants={
            Role.ADMINISTRATOR: frozenset(TerritoryPermission),
            Role.FOCAL_POINT: READS,
            Role.REVIEWER: READS,
        },
        events=(TerritoriesImported,),
    )
