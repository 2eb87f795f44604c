"""Personal data of sheets on paper."""

from uuid import UUID

from sqlalchemy import select

from lms.attendance.models import Meeting
from lms.attendance.paper.models import PaperRow, PaperSheet
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.learning.models import Enrolment


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(PaperRow, PaperSheet, Meeting.title)
        .join(PaperSheet, PaperSheet.id == PaperRow.sheet_id)
        .join(Meeting, Meeting.id == PaperSheet.meeting_id)
        .join(Enrolment, Enrolment.id == PaperRow.enrolment_id)
        .where(Enrolment.person_id == person_id)
        .order_by(PaperSheet.prepared_at)
    ).all()
    return [
        {"meeting": title, "sheet": sheet.code, "row": row.number, "scan_kept": sheet.has_scan}
        for row, sheet, title in rows
    ]


def _erase(_person_id: UUID) -> int:
    """Change nothing: a row names nobody once the account is anonymous, and others signed the same picture."""
    return 0


PAPER_ROWS = PersonalData(
    name="paper.row",
    tables=("paper_row",),
    purpose=_l("Saber de quién es cada fila de una hoja de firmas impresa."),
    retention=_l("Mientras el programa rinda cuentas; la imagen firmada, hasta un año después de la sesión."),
    export=_export,
    erase=_erase,
)
