"""How calendars follow when two records of one person become one: they stay, and their addresses end."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="calendars.feed",
        label=_l("Direcciones de calendario"),
        table="calendar_feed",
        column="person_id",
        stays_because=_l("Cada registro tiene su propia dirección; la de quien se queda sigue igual."),
    )
]
