"""Personal data of calendars."""

from uuid import UUID

from sqlalchemy import delete, select

from lms.attendance.calendars.models import CalendarFeed
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json


def _export(person_id: UUID) -> list[Json]:
    own = select(CalendarFeed.revision).where(CalendarFeed.person_id == person_id)
    return [{"changed": changed} for changed in db.session.scalars(own)]


def _erase(person_id: UUID) -> int:
    gone = delete(CalendarFeed).where(CalendarFeed.person_id == person_id).returning(CalendarFeed.person_id)
    return len(db.session.scalars(gone).all())


CALENDARS = PersonalData(
    name="calendars.feed",
    tables=("calendar_feed",),
    purpose=_l("Que una dirección de calendario que se cambió deje de responder."),
    retention=_l("Mientras la cuenta exista."),
    export=_export,
    erase=_erase,
)
