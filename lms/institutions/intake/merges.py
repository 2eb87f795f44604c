"""How files on their way in follow when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(name="intake.file", label=_l("Archivos subidos"), table="intake_run", column="person_id")
]
