"""What lists of enrolments do later."""

from uuid import UUID

from lms.core.clock import now
from lms.core.db import db
from lms.core.jobs.orders import Progress
from lms.reports.lists import service
from lms.reports.lists.messages import ForgetLists, MakeList
from lms.reports.lists.models import EnrolmentList


def make_list(order: MakeList, progress: Progress) -> None:
    """Make the file of a list; one that was erased meanwhile needs none."""
    found = db.session.get(EnrolmentList, UUID(order.list_id))
    if found:
        service.make_list(found, progress, now=now())


def forget_lists(_order: ForgetLists, _progress: Progress) -> None:
    """Erase lists whose days are over."""
    service.forget_lists(now())
