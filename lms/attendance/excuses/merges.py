"""How justifications follow when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="excuses.excuse",
        label=_l("Justificaciones"),
        table="excuse",
        column="enrolment_id",
        owner="enrolment",
        same=("meeting_id",),
    )
]
