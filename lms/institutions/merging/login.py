"""Whose address and password survive, as changes of the two records."""

from datetime import datetime
from uuid import UUID

from lms.accounts.models import Person
from lms.accounts.rules import email_key
from lms.core.folding import fold
from lms.institutions.merging.planning import Change
from lms.institutions.merging.rules import Account, Login, Side
from lms.plugins.people import Row


def account_of(person: Person) -> Account:
    """Return what decides about the login of a record."""
    return Account(has_address=bool(person.email), has_password=person.has_accepted)


def changes_of_account(kept: Person, gone: Person, login: Login, now: datetime) -> list[Change]:
    """Return what becomes of the two records themselves; the one that goes gives its address away first."""
    by_side = {Side.KEPT: kept, Side.GONE: gone}
    closed: Row = {"email": None, "email_key": "", "is_active": False, "merged_into_id": kept.id}
    email = by_side[login.address].email or kept.email or gone.email
    standing: Row = {
        "email": email,
        "email_key": email_key(email),
        "search_text": fold(f"{kept.name} {email or ''}"),
        "password_hash": by_side[login.password].password_hash or kept.password_hash or gone.password_hash,
        "national_id": kept.national_id or gone.national_id,
        "language": kept.language or gone.language,
        "is_provisional": kept.is_provisional and gone.is_provisional,
        "is_active": kept.is_active or gone.is_active,
    }
    further = {kept.email, gone.email} - {email, None}
    added = [
        Change("person_address", each, {}, {"email": each, "person_id": kept.id, "since": now})
        for each in sorted(filter(None, further))
    ]
    return [*_changes(gone, closed), *_changes(kept, standing), *added]


def password_changes(kept: Person, changes: list[Change]) -> bool:
    """Say whether the standing record gets another password, so that its sessions end too."""
    return any(each.key == kept.id and "password_hash" in each.after for each in changes)


def _changes(person: Person, values: Row) -> list[Change]:
    after = {name: value for name, value in values.items() if getattr(person, name) != value}
    key: UUID = person.id
    return [Change("person", key, {name: getattr(person, name) for name in after}, after)] if after else []
