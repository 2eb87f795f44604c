"""Lists of enrolments join the application."""

from lms.core.actors import Role
from lms.core.jobs.orders import Schedule
from lms.core.storage import KeptFiles
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice
from lms.reports.lists.jobs import forget_lists, make_list
from lms.reports.lists.merges import PERSON_ROWS
from lms.reports.lists.messages import ForgetLists, MakeList
from lms.reports.lists.models import EnrolmentList
from lms.reports.lists.permissions import ListPermission
from lms.reports.lists.privacy import LISTS
from lms.reports.lists.views import bp

HOURLY = 60 * 60


@hookimpl
def register_slice() -> Slice:
    """Declare who may take everybody's enrolments away."""
    return Slice(
        name="lists",
        blueprints=(bp,),
        permissions=ListPermission,
        grants={Role.ADMINISTRATOR: frozenset(ListPermission)},
        jobs={MakeList: make_list, ForgetLists: forget_lists},
        schedules=(Schedule(order=ForgetLists(), every_seconds=HOURLY),),
        personal_data=(LISTS,),
        kept_files=(KeptFiles(name="lists.files", columns=(EnrolmentList.digest,)),),
    )


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how lists follow when two records become one."""
    return PERSON_ROWS
