"""Merging joins the application."""

from lms.core.jobs.orders import Schedule
from lms.institutions.merging.jobs import forget_changes
from lms.institutions.merging.merges import PERSON_ROWS
from lms.institutions.merging.messages import ForgetChanges, MergeUndone, PeopleMerged, PeopleToldApart
from lms.institutions.merging.privacy import MERGES
from lms.institutions.merging.views import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice

DAILY = 24 * 60 * 60


@hookimpl
def register_slice() -> Slice:
    """Declare the merging of records of one person; its permission is of the directory."""
    return Slice(
        name="merging",
        blueprints=(bp,),
        events=(PeopleMerged, MergeUndone, PeopleToldApart),
        jobs={ForgetChanges: forget_changes},
        schedules=(Schedule(order=ForgetChanges(), every_seconds=DAILY),),
        personal_data=(MERGES,),
    )


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say that merges stay with the records that they speak of."""
    return PERSON_ROWS
