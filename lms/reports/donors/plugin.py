"""The links of donors join the application."""

from lms.core.actors import Role
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice
from lms.reports.donors.messages import SharingEnded, TotalsShared
from lms.reports.donors.permissions import DonorPermission
from lms.reports.donors.views import bp


@hookimpl
def register_slice() -> Slice:
    """Declare who may let a body outside read the totals of a programme."""
    return Slice(
        name="donors",
        blueprints=(bp,),
        permissions=DonorPermission,
        grants={Role.ADMINISTRATOR: frozenset(DonorPermission)},
        events=(TotalsShared, SharingEnded),
    )
