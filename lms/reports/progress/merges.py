"""How the history of quarterly progress follows when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="progress.step",
        label=_l("Pasos de avances trimestrales"),
        table="progress_step",
        column="person_id",
    ),
    PersonRows(
        name="progress.reminder",
        label=_l("Recordatorios de avances trimestrales"),
        table="progress_reminder",
        column="person_id",
    ),
]
