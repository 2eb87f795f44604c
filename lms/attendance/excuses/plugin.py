"""Justifications join the application."""

from typing import Final

from lms.attendance.excuses.jobs import erase_papers, tell_answered
from lms.attendance.excuses.merges import PERSON_ROWS
from lms.attendance.excuses.messages import (
    ErasePapers,
    ExcuseAnswered,
    ExcuseAsked,
    ExcusePaperErased,
    ExcuseWithdrawn,
    TellExcuseAnswered,
)
from lms.attendance.excuses.models import Excuse
from lms.attendance.excuses.privacy import EXCUSES
from lms.attendance.excuses.service import METHOD
from lms.attendance.excuses.views import own, staff
from lms.attendance.permissions import AttendancePermission
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.jobs.orders import Schedule
from lms.core.storage import KeptFiles
from lms.plugins.attendance import AttendanceMethod
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import NavItem, Slice

DAY: Final = 24 * 3600


@hookimpl
def register_slice() -> Slice:
    """Declare the pages on which absences are justified."""
    return Slice(
        name="excuses",
        blueprints=(own.bp, staff.bp),
        nav=tuple(
            NavItem(
                label=_l("Justificaciones"),
                endpoint="excuses_staff.index",
                icon="file-check",
                permission=AttendancePermission.KEEP_REGISTER,
                audience=role,
                order=70,
            )
            for role in (Role.TRAINER, Role.ADMINISTRATOR)
        ),
        events=(ExcuseAsked, ExcuseWithdrawn, ExcuseAnswered, ExcusePaperErased),
        jobs={TellExcuseAnswered: tell_answered, ErasePapers: erase_papers},
        schedules=(Schedule(order=ErasePapers(), every_seconds=DAY),),
        personal_data=(EXCUSES,),
        kept_files=(KeptFiles(name="excuses.papers", columns=(Excuse.paper_digest,)),),
    )


@hookimpl
def register_attendance_methods() -> list[AttendanceMethod]:
    """Say how the evidence calls a mark that follows from a justification."""
    return [AttendanceMethod(name=METHOD, label=_l("justificación aceptada"), icon="file-check", order=90)]


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how justifications follow."""
    return PERSON_ROWS
