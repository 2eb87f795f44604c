"""How certificates follow when two records of one person become one; what they say never changes."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows, Row


def _both_stand(row: Row, other: Row) -> bool:
    """Say whether both are valid: one enrolment has one valid certificate."""
    return row["revoked_at"] is None and other["revoked_at"] is None


PERSON_ROWS = [
    PersonRows(
        name="certificates.certificate", label=_l("Constancias"), table="certificate", column="person_id"
    ),
    PersonRows(
        name="certificates.certificate-of",
        label=_l("Constancias de la misma cohorte"),
        table="certificate",
        column="enrolment_id",
        owner="enrolment",
        is_same=_both_stand,
        seals=True,
    ),
]
