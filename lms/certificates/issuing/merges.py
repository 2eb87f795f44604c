"""How certificates follow when two records of one person become one; what they say never changes."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows, Row


def _both_stand(row: Row, other: Row) -> bool:
    """Say whether both stand: one enrolment has one standing document of each kind."""
    return row["kind"] == other["kind"] and _stands(row) and _stands(other)


def _stands(row: Row) -> bool:
    return row["revoked_at"] is None and row["renewed_at"] is None


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
    PersonRows(
        name="certificates.entry",
        label=_l("Emisiones en conjunto"),
        table="issue_entry",
        column="enrolment_id",
        owner="enrolment",
    ),
    PersonRows(
        name="certificates.archive",
        label=_l("Archivos de constancias"),
        table="certificate_archive",
        column="person_id",
    ),
]
