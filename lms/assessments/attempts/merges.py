"""How attempts follow when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows, Row


def _always(_row: Row, _other: Row) -> bool:
    return True


PERSON_ROWS = [
    PersonRows(
        name="attempts.attempt",
        label=_l("Intentos de evaluaciones"),
        table="attempt",
        column="enrolment_id",
        owner="enrolment",
        number="number",
        number_within=("unit_id",),
        needs="submitted_at",
    ),
    PersonRows(
        name="attempts.extra-attempt",
        label=_l("Intentos de más"),
        table="extra_attempt",
        column="enrolment_id",
        owner="enrolment",
    ),
    PersonRows(
        name="attempts.extra-time",
        label=_l("Tiempo de más"),
        table="extra_time",
        column="enrolment_id",
        owner="enrolment",
        is_same=_always,
    ),
]
