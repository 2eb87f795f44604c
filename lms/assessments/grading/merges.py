"""How phrases, and corrections that hold for one person, follow when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(name="grading.phrase", label=_l("Frases"), table="grading_phrase", column="person_id"),
    PersonRows(
        name="grading.regrade",
        label=_l("Correcciones que siguen a una persona"),
        table="regrade",
        column="enrolment_id",
        owner="enrolment",
    ),
]
