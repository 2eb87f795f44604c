"""How plans follow when two records of one person become one: with the attempt that they were written in."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="plans.plan",
        label=_l("Planes de aplicación"),
        table="application_plan",
        column="attempt_id",
        owner="attempt",
    )
]
