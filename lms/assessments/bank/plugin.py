"""The bank of questions joins the application."""

from typing import Final

from lms.assessments.bank.cli import questions
from lms.assessments.bank.jobs import measure_bank, measure_one
from lms.assessments.bank.messages import MeasureBank, MeasureCourse
from lms.assessments.bank.permissions import BankPermission
from lms.assessments.bank.service import index_on_release
from lms.assessments.bank.views import bp
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.jobs.orders import Schedule
from lms.courses.messages import CourseReleased
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import NavItem, Slice

DAY: Final = 24 * 3600
READS = frozenset({BankPermission.READ})
READERS = (Role.TRAINER, Role.REVIEWER, Role.ADMINISTRATOR)


@hookimpl
def register_slice() -> Slice:
    """Declare the pages of the bank, who reads them and what makes it grow."""
    return Slice(
        name="bank",
        blueprints=(bp,),
        permissions=BankPermission,
        grants=dict.fromkeys(READERS, READS),
        nav=tuple(
            NavItem(
                label=_l("Banco de preguntas"),
                endpoint="bank.index",
                icon="list-checks",
                permission=BankPermission.READ,
                audience=role,
                order=50,
            )
            for role in READERS
        ),
        commands=(questions,),
        subscribers={CourseReleased: (index_on_release,)},
        jobs={MeasureBank: measure_bank, MeasureCourse: measure_one},
        schedules=(Schedule(order=MeasureBank(), every_seconds=DAY),),
    )
