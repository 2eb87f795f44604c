"""Personal data of attendance: why it is kept, and how it is shown and erased."""

from uuid import UUID

from sqlalchemy import select, update

from lms.attendance.models import Attendance, Meeting
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.learning.models import Enrolment


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(Attendance, Meeting)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Meeting.starts_at)
    ).all()
    return [
        {
            "meeting": meeting.title,
            "starts": str(meeting.starts_at),
            "mark": attendance.mark.value,
            "method": attendance.method.value,
            "recorded": str(attendance.recorded_at),
            "checked_in": str(attendance.checked_in_at or ""),
            "note": attendance.note,
        }
        for attendance, meeting in rows
    ]


def _erase(person_id: UUID) -> int:
    """Empty the notes, which are free text; the mark names nobody once the account is anonymous."""
    own = select(Enrolment.id).where(Enrolment.person_id == person_id)
    changed = db.session.scalars(
        update(Attendance)
        .where(Attendance.enrolment_id.in_(own), Attendance.note != "")
        .values(note="")
        .returning(Attendance.id)
    ).all()
    return len(changed)


ATTENDANCE = PersonalData(
    name="attendance.mark",
    tables=("attendance",),
    purpose=_l("Saber quién asistió a cada sesión y si alcanza la asistencia que pide el programa."),
    retention=_l("Mientras el programa rinda cuentas; al borrar la cuenta queda sin nombre y sin notas."),
    export=_export,
    erase=_erase,
)
