"""The seats of commissions join the application."""

from lms.institutions.commission.merges import PERSON_ROWS
from lms.institutions.commission.privacy import SEATS
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare who holds the seats of a commission."""
    return Slice(name="commission", personal_data=(SEATS,))


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how seats follow."""
    return PERSON_ROWS
