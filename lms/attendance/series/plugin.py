"""Series of meetings join the application."""

from lms.attendance.series.messages import HolidaysSet, SeriesPlanned
from lms.attendance.series.views import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the pages on which many meetings are planned and changed."""
    return Slice(name="series", blueprints=(bp,), events=(SeriesPlanned, HolidaysSet))
