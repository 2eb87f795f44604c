"""How signatures of contacts follow when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="contacts.signature", label=_l("Contactos firmados"), table="contact", column="signed_by_id"
    )
]
