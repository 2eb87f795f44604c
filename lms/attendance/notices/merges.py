"""How notices follow when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="notices.notice",
        label=_l("Avisos enviados"),
        table="notice",
        column="person_id",
        stays_because=_l("El registro de avisos dice a qué cuenta se escribió."),
    ),
    PersonRows(
        name="notices.refusal",
        label=_l("Bajas de recordatorios"),
        table="notice_refusal",
        column="person_id",
        stays_because=_l("Vale para la dirección de correo de ese registro."),
    ),
]
