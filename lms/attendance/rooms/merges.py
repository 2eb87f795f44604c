"""How groups and sightings follow when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="rooms.member",
        label=_l("Grupos de la cohorte"),
        table="cohort_group_member",
        column="enrolment_id",
        owner="enrolment",
        same=("group_id",),
    ),
    PersonRows(
        name="rooms.sighting",
        label=_l("Salas en que se registró"),
        table="room_sighting",
        column="enrolment_id",
        owner="enrolment",
        same=("room_id",),
    ),
]
