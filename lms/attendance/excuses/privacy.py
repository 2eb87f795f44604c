"""Personal data of justifications."""

from base64 import b64encode
from uuid import UUID

from sqlalchemy import delete, select

from lms.attendance.excuses.models import Excuse
from lms.attendance.models import Meeting
from lms.core import private_files
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.learning.models import Enrolment


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(Excuse, Meeting.title)
        .join(Meeting, Meeting.id == Excuse.meeting_id)
        .join(Enrolment, Enrolment.id == Excuse.enrolment_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Excuse.asked_at)
    ).all()
    return [
        {
            "meeting": title,
            "grounds": excuse.grounds.value,
            "text": excuse.text,
            "state": excuse.state.value,
            "asked": str(excuse.asked_at),
            "answer": excuse.answer,
            "paper": _paper(excuse),
        }
        for excuse, title in rows
    ]


def _paper(excuse: Excuse) -> str:
    if excuse.paper_id is None:
        return ""
    return b64encode(private_files.read(excuse.paper_id, excuse.paper_digest)).decode()


def _erase(person_id: UUID) -> int:
    """Erase everything, papers first: the register keeps the mark, and needs no reason."""
    own = select(Enrolment.id).where(Enrolment.person_id == person_id)
    for digest in db.session.scalars(
        select(Excuse.paper_digest).where(Excuse.enrolment_id.in_(own), Excuse.paper_digest != "")
    ):
        private_files.forget(digest)
    erased = delete(Excuse).where(Excuse.enrolment_id.in_(own)).returning(Excuse.id)
    return len(db.session.scalars(erased).all())


EXCUSES = PersonalData(
    name="excuses.excuse",
    tables=("excuse",),
    purpose=_l("Decidir si una falta a una sesión se toma como justificada."),
    retention=_l("Mientras la cuenta exista; el documento, hasta 90 días después de la respuesta."),
    export=_export,
    erase=_erase,
)
