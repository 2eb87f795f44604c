"""How people to be confirmed follow when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="kiosk.walk-in",
        label=_l("Registros en la puerta por confirmar"),
        table="walk_in",
        column="enrolment_id",
        owner="enrolment",
    )
]
