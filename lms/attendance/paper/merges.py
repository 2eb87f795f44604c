"""How rows of sheets follow when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="paper.row",
        label=_l("Filas de hojas de firmas"),
        table="paper_row",
        column="enrolment_id",
        owner="enrolment",
    )
]
