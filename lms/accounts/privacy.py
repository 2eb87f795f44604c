"""Personal data of accounts: why it is kept, and how it is shown and erased."""

from uuid import UUID

from sqlalchemy import delete, select

from lms.accounts.models import Person, PersonAddress, RoleAssignment, SignInSession
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json


def _export(person_id: UUID) -> list[Json]:
    person = db.session.get(Person, person_id)
    if person is None:
        return []
    roles = db.session.scalars(select(RoleAssignment).where(RoleAssignment.person_id == person_id)).all()
    sessions = db.session.scalars(select(SignInSession).where(SignInSession.person_id == person_id)).all()
    others = db.session.scalars(select(PersonAddress.email).where(PersonAddress.person_id == person_id)).all()
    return [
        {
            "name": person.name,
            "email": person.email,
            "further_addresses": list(others),
            "national_id": person.national_id,
            "language": person.language,
            "appearance": person.appearance,
            "may_enter": person.is_active,
            "only_tries_things_out": person.is_test,
            "since": str(person.created_at),
        },
        *({"role": row.role.value, "place": row.kind.value, "given": str(row.given_at)} for row in roles),
        *({"session": item.device, "opened": str(item.created_at)} for item in sessions),
    ]


def _erase(person_id: UUID) -> int:
    person = db.session.get(Person, person_id)
    if person is None:
        return 0
    person.given_names, person.first_surname, person.second_surname = "—", "", ""
    person.email, person.password_hash, person.search_text, person.is_active = None, None, "", False
    person.national_id, person.name_key, person.email_key = None, "", ""
    for table in (SignInSession, RoleAssignment, PersonAddress):
        db.session.execute(delete(table).where(table.person_id == person_id))
    return 1


ACCOUNTS = PersonalData(
    name="accounts.person",
    tables=("person", "person_address", "sign_in_session", "role_assignment"),
    purpose=_l("Saber quién entra, con qué permisos, y a nombre de quién va una constancia."),
    retention=_l("Mientras la cuenta exista; las sesiones, hasta 30 días."),
    export=_export,
    erase=_erase,
)
