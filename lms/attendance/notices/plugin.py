"""Notices join the application."""

from typing import Final

from lms.attendance.notices.jobs import send_notices
from lms.attendance.notices.merges import PERSON_ROWS
from lms.attendance.notices.messages import (
    LetterAskedAgain,
    NoticeAskedAgain,
    NoticesAccepted,
    NoticesRefused,
    NoticesSet,
    QuietHoursSet,
    SendNotices,
)
from lms.attendance.notices.privacy import NOTICES, REFUSALS
from lms.attendance.notices.service import note_call
from lms.attendance.notices.views import public, staff
from lms.attendance.permissions import AttendancePermission
from lms.core.i18n import _l
from lms.core.jobs.orders import Schedule
from lms.learning.nominations.messages import CallOpened
from lms.plugins.home import CohortTab
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice

QUARTER_OF_AN_HOUR: Final = 900


@hookimpl
def register_slice() -> Slice:
    """Declare the pages about notices and the round that sends them."""
    return Slice(
        name="notices",
        blueprints=(staff.bp, public.bp),
        events=(
            NoticesSet,
            QuietHoursSet,
            NoticesRefused,
            NoticesAccepted,
            NoticeAskedAgain,
            LetterAskedAgain,
        ),
        subscribers={CallOpened: (note_call,)},
        jobs={SendNotices: send_notices},
        schedules=(Schedule(order=SendNotices(), every_seconds=QUARTER_OF_AN_HOUR),),
        personal_data=(NOTICES, REFUSALS),
    )


@hookimpl
def register_cohort_tabs() -> list[CohortTab]:
    """Return the notices of a cohort."""
    return [
        CohortTab(
            name="notices",
            label=_l("Avisos"),
            endpoint="notices.settings",
            permission=AttendancePermission.KEEP_REGISTER,
            group="people",
            order=60,
        )
    ]


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say that notices stay where they were sent."""
    return PERSON_ROWS
