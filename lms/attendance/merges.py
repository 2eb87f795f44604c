"""How marks of attendance follow when two records of one person become one."""

from typing import Final

from lms.attendance.models import Mark
from lms.core.i18n import _l
from lms.plugins.people import PersonRows, Row

_ORDER: Final = (Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY, Mark.EXCUSED, Mark.ABSENT)
"""What says more of a person who was written down twice: they were where either of the two was seen."""


def _says_more(row: Row, other: Row) -> bool:
    return _ORDER.index(row["mark"]) < _ORDER.index(other["mark"])


PERSON_ROWS = [
    PersonRows(
        name="attendance.mark",
        label=_l("Asistencias"),
        table="attendance",
        column="enrolment_id",
        owner="enrolment",
        same=("meeting_id",),
        wins=_says_more,
    ),
    PersonRows(
        name="attendance.observation",
        label=_l("Registros de asistencia"),
        table="attendance_observation",
        column="enrolment_id",
        owner="enrolment",
    ),
]
