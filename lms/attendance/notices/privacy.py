"""Personal data of notices."""

from uuid import UUID

from sqlalchemy import delete, select

from lms.attendance.notices.models import Notice, NoticeRefusal
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.scalars(select(Notice).where(Notice.person_id == person_id).order_by(Notice.decided_at))
    return [
        {
            "kind": each.kind.value,
            "state": each.state.value,
            "decided": str(each.decided_at),
            "copies": each.copies,
        }
        for each in rows
    ]


def _erase(person_id: UUID) -> int:
    gone = delete(Notice).where(Notice.person_id == person_id).returning(Notice.id)
    return len(db.session.scalars(gone).all())


def _export_refusal(person_id: UUID) -> list[Json]:
    row = db.session.get(NoticeRefusal, person_id)
    return [{"refused": str(row.refused_at)}] if row else []


def _erase_refusal(person_id: UUID) -> int:
    gone = (
        delete(NoticeRefusal).where(NoticeRefusal.person_id == person_id).returning(NoticeRefusal.person_id)
    )
    return len(db.session.scalars(gone).all())


NOTICES = PersonalData(
    name="notices.notice",
    tables=("notice",),
    purpose=_l("Saber qué avisos se enviaron a cada persona, y no enviar dos veces el mismo."),
    retention=_l("Mientras la cuenta exista."),
    export=_export,
    erase=_erase,
)
REFUSALS = PersonalData(
    name="notices.refusal",
    tables=("notice_refusal",),
    purpose=_l("No escribir a quien ya no quiere recordatorios."),
    retention=_l("Mientras la cuenta exista."),
    export=_export_refusal,
    erase=_erase_refusal,
)
