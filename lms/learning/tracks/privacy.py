"""Personal data of changes of sector: why it is kept, and how it is shown and erased."""

from uuid import UUID

from sqlalchemy import Select, or_, select, update

from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.learning.models import Enrolment
from lms.learning.tracks.models import TrackRequest


def _export(person_id: UUID) -> list[Json]:
    own = select(TrackRequest).where(TrackRequest.enrolment_id.in_(_own(person_id)))
    return [
        {
            "before": row.before,
            "after": row.after,
            "state": row.state.value,
            "reason": row.reason,
            "asked": str(row.asked_at),
            "decided": str(row.decided_at or ""),
            "note": row.note,
        }
        for row in db.session.scalars(own.order_by(TrackRequest.asked_at))
    ]


def _erase(person_id: UUID) -> int:
    """Forget the words about the person; which sectors were studied stays, without a name."""
    has_words = or_(TrackRequest.reason != "", TrackRequest.note != "")
    changed = (
        update(TrackRequest)
        .where(TrackRequest.enrolment_id.in_(_own(person_id)), has_words)
        .values(reason="", note="")
        .returning(TrackRequest.id)
    )
    return len(db.session.scalars(changed).all())


def _own(person_id: UUID) -> Select[UUID]:
    return select(Enrolment.id).where(Enrolment.person_id == person_id)


TRACKS = PersonalData(
    name="tracks.track_request",
    tables=("track_request",),
    purpose=_l(
        "Cambiar el sector que la persona estudia con la aprobación de quien coordina, y dar cuenta de ello."
    ),
    retention=_l("Mientras el programa rinda cuentas; al borrar la cuenta queda sin nombre ni motivos."),
    export=_export,
    erase=_erase,
)
