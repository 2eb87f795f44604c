"""How seats follow when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="commission.seat", label=_l("Asientos en comisiones"), table="seat_holder", column="person_id"
    )
]
