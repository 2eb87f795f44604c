"""Personal data of people who were on no list."""

from uuid import UUID

from sqlalchemy import select, update

from lms.attendance.kiosk.models import WalkIn
from lms.attendance.models import Meeting
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.learning.models import Enrolment


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(WalkIn, Meeting.title)
        .join(Meeting, Meeting.id == WalkIn.meeting_id)
        .join(Enrolment, Enrolment.id == WalkIn.enrolment_id)
        .where(Enrolment.person_id == person_id)
        .order_by(WalkIn.arrived_at)
    ).all()
    return [
        {"meeting": title, "arrived": str(each.arrived_at), "email": each.email, "state": each.state.value}
        for each, title in rows
    ]


def _erase(person_id: UUID) -> int:
    """Empty the address; the mark stays without a name."""
    own = select(Enrolment.id).where(Enrolment.person_id == person_id)
    changed = update(WalkIn).where(WalkIn.enrolment_id.in_(own), WalkIn.email != "").values(email="")
    return len(db.session.scalars(changed.returning(WalkIn.id)).all())


WALK_INS = PersonalData(
    name="kiosk.walk-in",
    tables=("walk_in",),
    purpose=_l("Confirmar a quien llegó a una sesión sin estar en la lista."),
    retention=_l("Mientras el programa rinda cuentas; al borrar la cuenta queda sin nombre y sin correo."),
    export=_export,
    erase=_erase,
)
