"""How what accounts keep follows when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

PERSON_ROWS = [
    PersonRows(
        name="accounts.role",
        label=_l("Papeles"),
        table="role_assignment",
        column="person_id",
        same=("role", "kind", "scope_key"),
    ),
    PersonRows(
        name="accounts.address", label=_l("Otros correos"), table="person_address", column="person_id"
    ),
    PersonRows(
        name="accounts.session",
        label=_l("Sesiones abiertas"),
        table="sign_in_session",
        column="person_id",
        stays_because=_l("Se cierran: la persona entra otra vez."),
    ),
    PersonRows(
        name="accounts.earlier", label=_l("Fusiones anteriores"), table="person", column="merged_into_id"
    ),
]
