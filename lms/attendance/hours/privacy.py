"""Personal data of hours."""

from uuid import UUID

from sqlalchemy import select

from lms.attendance.hours.models import HoursLedger
from lms.attendance.hours.records import from_json
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.learning.models import Enrolment


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.scalars(
        select(HoursLedger)
        .join(Enrolment, Enrolment.id == HoursLedger.enrolment_id)
        .where(Enrolment.person_id == person_id)
        .order_by(HoursLedger.closed_at)
    ).all()
    return [
        {
            "closed": str(row.closed_at),
            "version": row.version,
            "minutes": from_json(row.lines).minutes(),
            "lines": row.lines,
        }
        for row in rows
    ]


def _keep(_person_id: UUID) -> int:
    """Change nothing: the lines name nobody once the account is anonymous, and the certificate still adds up."""
    return 0


HOURS = PersonalData(
    name="hours.ledger",
    tables=("hours_ledger",),
    purpose=_l("Saber de dónde sale cada hora que acredita una constancia."),
    retention=_l("Mientras el programa rinda cuentas; al borrar la cuenta queda sin nombre."),
    export=_export,
    erase=_keep,
)
