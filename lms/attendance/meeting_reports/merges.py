"""How remembered names follow when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="meeting-reports.alias",
        label=_l("Nombres en videollamadas"),
        table="call_alias",
        column="enrolment_id",
        owner="enrolment",
    )
]
