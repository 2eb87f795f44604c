"""How lists follow when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="lists.enrolments",
        label=_l("Listas de inscripciones que pidió"),
        table="enrolment_list",
        column="person_id",
    )
]
