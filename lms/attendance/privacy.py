"""Personal data of attendance: why it is kept, and how it is shown and erased."""

from uuid import UUID

from sqlalchemy import or_, select, update

from lms.attendance.models import Attendance, AttendanceObservation, Meeting
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
            "state": attendance.state,
            "seconds": attendance.seconds,
            "method": attendance.method,
            "recorded": str(attendance.recorded_at),
            "checked_in": str(attendance.checked_in_at or ""),
            "note": attendance.note,
        }
        for attendance, meeting in rows
    ]


def _export_observations(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(AttendanceObservation, Meeting)
        .join(Meeting, Meeting.id == AttendanceObservation.meeting_id)
        .join(Enrolment, Enrolment.id == AttendanceObservation.enrolment_id)
        .where(Enrolment.person_id == person_id)
        .order_by(AttendanceObservation.happened_at, AttendanceObservation.id)
    ).all()
    return [
        {
            "meeting": meeting.title,
            "kind": each.kind.value,
            "state": each.state,
            "method": each.method,
            "device": each.device.value,
            "happened": str(each.happened_at),
            "recorded": str(each.recorded_at),
            "note": each.note,
        }
        for each, meeting in rows
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


def _erase_observations(person_id: UUID) -> int:
    """Empty the notes and what told the person's browser apart from others in the room."""
    own = select(Enrolment.id).where(Enrolment.person_id == person_id)
    row = AttendanceObservation
    changed = db.session.scalars(
        update(row)
        .where(row.enrolment_id.in_(own), or_(row.note != "", row.browser != ""))
        .values(note="", browser="")
        .returning(row.id)
    ).all()
    return len(changed)


OBSERVATIONS = PersonalData(
    name="attendance.observation",
    tables=("attendance_observation",),
    purpose=_l("Saber cómo se registró cada asistencia, quién lo hizo y cuándo, para poder revisarla."),
    retention=_l(
        "Mientras el programa rinda cuentas; lo que distingue un navegador de otro se borra 90 días después de la "
        "sesión, cumplido el plazo para reclamar. Al borrar la cuenta queda sin nombre y sin notas."
    ),
    export=_export_observations,
    erase=_erase_observations,
)


ATTENDANCE = PersonalData(
    name="attendance.mark",
    tables=("attendance",),
    purpose=_l("Saber quién asistió a cada sesión y si alcanza la asistencia que pide el programa."),
    retention=_l("Mientras el programa rinda cuentas; al borrar la cuenta queda sin nombre y sin notas."),
    export=_export,
    erase=_erase,
)
