"""Personal data of lists: who asked for one."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from lms.core import private_files
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.reports.lists.models import EnrolmentList


def _own(person_id: UUID) -> Sequence[EnrolmentList]:
    statement = select(EnrolmentList).where(EnrolmentList.person_id == person_id)
    return db.session.scalars(statement.order_by(EnrolmentList.asked_at)).all()


def _export(person_id: UUID) -> list[Json]:
    """Return when lists were asked for; they hold the names of others, so they are not handed out."""
    return [{"asked": str(each.asked_at), "rows": each.rows} for each in _own(person_id)]


def _erase(person_id: UUID) -> int:
    found = _own(person_id)
    for each in found:
        if each.digest:
            private_files.forget(each.digest)
        db.session.delete(each)
    return len(found)


LISTS = PersonalData(
    name="lists.enrolments",
    tables=("enrolment_list",),
    purpose=_l("Entregar las inscripciones de un programa a quien las pidió y puede leerlas todas."),
    retention=_l("Dos días."),
    export=_export,
    erase=_erase,
)
