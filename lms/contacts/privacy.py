"""Personal data of the directory: who signed what a contact says."""

from uuid import UUID

from sqlalchemy import select, update

from lms.contacts.models import Contact
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.scalars(
        select(Contact).where(Contact.signed_by_id == person_id).order_by(Contact.signed_on, Contact.key)
    )
    return [{"contact": row.key, "post": row.signed_post, "signed": str(row.signed_on)} for row in rows]


def _erase(person_id: UUID) -> int:
    """Take the person's name off their signatures; post and day stay, so that the contact stays in service."""
    rows = db.session.scalars(
        update(Contact)
        .where(Contact.signed_by_id == person_id)
        .values(signed_by_id=None)
        .returning(Contact.id)
    ).all()
    return len(rows)


SIGNATURES = PersonalData(
    name="contacts.signatures",
    tables=("contact",),
    purpose=_l("Saber quién responde por un contacto que pedía verificación."),
    retention=_l("Mientras el contacto diga lo que se firmó; al borrar la cuenta, quedan el cargo y el día."),
    export=_export,
    erase=_erase,
)
