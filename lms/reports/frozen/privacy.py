"""Personal data of reports: to whom they are sent."""

from uuid import UUID

from sqlalchemy import delete, select, update

from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.reports.frozen.models import ReportDelivery, ReportRecipient


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(ReportRecipient, ReportDelivery.sent_at)
        .outerjoin(ReportDelivery, ReportDelivery.recipient_id == ReportRecipient.id)
        .where(ReportRecipient.person_id == person_id)
        .order_by(ReportRecipient.id, ReportDelivery.sent_at)
    ).all()
    return [
        {"programme": str(row[0].programme_id), "address": row[0].address, "sent": str(row[1] or "")}
        for row in rows
    ]


def _erase(person_id: UUID) -> int:
    """Take the person out: nobody sends to them again, and the log keeps that a letter went, not to whom."""
    own = select(ReportRecipient.id).where(ReportRecipient.person_id == person_id)
    ids = db.session.scalars(own).all()
    used = set(
        db.session.scalars(select(ReportDelivery.recipient_id).where(ReportDelivery.recipient_id.in_(ids)))
    )
    for key in ids:
        if key in used:
            gone = {"person_id": None, "address": f"{key}@invalid", "is_active": False}
            db.session.execute(update(ReportRecipient).where(ReportRecipient.id == key).values(**gone))
        else:
            db.session.execute(delete(ReportRecipient).where(ReportRecipient.id == key))
    return len(ids)


RECIPIENTS = PersonalData(
    name="frozen.recipient",
    tables=("report_recipient",),
    purpose=_l("Enviar los informes de un programa a quien debe leerlos o aprobarlos."),
    retention=_l("Mientras reciba los informes; del registro de envíos se borra el correo con la cuenta."),
    export=_export,
    erase=_erase,
)
