"""The day it is where the installation stands."""

from datetime import date

from lms.core.clock import now
from lms.core.context import current_settings


def today() -> date:
    """Return the present day in the installation's own time zone."""
    return now().astimezone(current_settings().zone).date()
