"""The seats of commissions join the application."""

from lms.institutions.commission.merges import PERSON_ROWS
from lms.institutions.commission.messages import HolderLeft, HolderNamed, SeatChanged
from lms.institutions.commission.privacy import SEATS
from lms.institutions.commission.views import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the commission on any day, and who holds its seats."""
    return Slice(
        name="commission",
        blueprints=(bp,),
        events=(SeatChanged, HolderNamed, HolderLeft),
        personal_data=(SEATS,),
    )


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how seats follow."""
    return PERSON_ROWS
