"""How closed hours follow when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows, Row


def _always(_row: Row, _other: Row) -> bool:
    return True


PERSON_ROWS = [
    PersonRows(
        name="hours.ledger",
        label=_l("Horas cerradas"),
        table="hours_ledger",
        column="enrolment_id",
        owner="enrolment",
        is_same=_always,
        seals=True,
    )
]
