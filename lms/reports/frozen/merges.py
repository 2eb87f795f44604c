"""How recipients follow when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="frozen.recipient",
        label=_l("Informes que recibe"),
        table="report_recipient",
        column="person_id",
    )
]
