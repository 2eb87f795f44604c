"""What can be done with accounts; the only writer of their tables."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, update

from lms.accounts import passwords, queries, rules
from lms.accounts.errors import CredentialsRefused, EmailTaken
from lms.accounts.messages import (
    MarkedAsTest,
    PasswordSet,
    PersonChanged,
    PersonRegistered,
    RoleGiven,
    RoleTaken,
    SendInvitation,
    SendPasswordReset,
    SessionsRevoked,
    SignedInEvent,
    SignInFailed,
    UnmarkedAsTest,
)
from lms.accounts.models import Person, PersonAddress, RoleAssignment, SignInSession
from lms.core.actors import Actor, Assignment
from lms.core.db import db
from lms.core.events import publish
from lms.core.folding import fold
from lms.core.ids import new_id, new_token, token_digest
from lms.core.jobs.orders import enqueue


def register_person(
    *,
    given_names: str,
    first_surname: str,
    second_surname: str,
    email: str | None,
    national_id: str | None = None,
    is_provisional: bool = False,
    actor: Actor,
    now: datetime,
) -> Person:
    """Give a person an account, or return the one that has the address already."""
    if email and (known := queries.find_person_by_email(email)):
        return known
    person = add_person(
        PersonData(given_names, first_surname, second_surname, email, national_id), actor=actor, now=now
    )
    person.is_provisional = is_provisional
    db.session.flush()
    return person


class PersonData(NamedTuple):
    """Data of somebody who gets an account."""

    given_names: str
    first_surname: str
    second_surname: str = ""
    email: str | None = None
    national_id: str | None = None
    is_test: bool = False


def add_person(data: PersonData, *, actor: Actor, now: datetime) -> Person:
    """Give an account to somebody who is known to have none; written with the next flush, many at a time."""
    person = Person(
        id=new_id(),
        given_names=data.given_names,
        first_surname=data.first_surname,
        second_surname=data.second_surname,
        email=data.email.strip().lower() if data.email else None,
        national_id=rules.national_id(data.national_id),
        is_test=data.is_test,
        created_at=now,
    )
    index_person(person)
    db.session.add(person)
    publish(PersonRegistered(at=now, actor=actor, subject_id=person.id))
    if data.is_test:
        publish(MarkedAsTest(at=now, actor=actor, subject_id=person.id))
    return person


def change_person(
    person: Person, *, values: dict[str, str | bool | None], actor: Actor, now: datetime
) -> None:
    """Correct a person's data; raises EmailTaken."""
    email = values.get("email")
    if isinstance(email, str):
        values["email"] = email.strip().lower() or None
        other = queries.find_person_by_email(email)
        if other and other.id != person.id:
            raise EmailTaken
    if "national_id" in values:
        values["national_id"] = rules.national_id(str(values["national_id"] or ""))
    changed = tuple(name for name, value in values.items() if getattr(person, name) != value)
    for name in changed:
        setattr(person, name, values[name])
    index_person(person)
    if fields := tuple(name for name in changed if name != "is_test"):
        publish(PersonChanged(at=now, actor=actor, subject_id=person.id, fields=fields))
    if "is_test" in changed:
        fact = MarkedAsTest if person.is_test else UnmarkedAsTest
        publish(fact(at=now, actor=actor, subject_id=person.id))


def choose_address(person: Person, email: str, *, now: datetime) -> None:
    """Let an invited person enter with another address of theirs; the one they were invited at still finds them.

    The link says who they are, so the address may be any that nobody else has. Raises EmailTaken.
    """
    wanted, before = email.strip().lower(), person.email
    if wanted in {"", before}:
        return
    change_person(
        person, values={"email": wanted}, actor=Actor(person_id=person.id, name=person.name), now=now
    )
    if before:
        db.session.add(PersonAddress(email=before, person_id=person.id, since=now))
        db.session.flush()


def invite(person: Person, *, reason: str, path: str = "/", now: datetime) -> None:
    """Send the link for the first password; a person without address is told by their focal point."""
    if person.email and not person.has_accepted:
        key = f"invitation:{person.id}:{now:%Y%m%d}"
        enqueue(SendInvitation(person_id=str(person.id), reason=reason, path=path), now=now, key=key)


def invite_again(person: Person, *, reason: str, path: str = "/", now: datetime) -> None:
    """Send the link for the first password once more, whatever was sent today; it replaces no earlier link."""
    if person.email and not person.has_accepted:
        key = f"invitation:{person.id}:{now:%Y%m%d%H%M%S}"
        enqueue(SendInvitation(person_id=str(person.id), reason=reason, path=path), now=now, key=key)


def ask_password_reset(email: str, *, now: datetime) -> None:
    """Send the link for a new password, if the address is known; the page never says which."""
    person = queries.find_person_by_email(email)
    if person and person.is_active:
        key = f"reset:{person.id}:{now:%Y%m%d%H%M}"
        enqueue(SendPasswordReset(person_id=str(person.id)), now=now, key=key)


def check_credentials(email: str, password: str, *, now: datetime) -> Person:
    """Return the person of an address and password; raises CredentialsRefused."""
    person = queries.find_person_by_email(email)
    is_right = passwords.matches(person.password_hash if person else None, password)
    if person is None or not is_right or not person.is_active:
        if person:
            publish(SignInFailed(at=now, actor=Actor(), subject_id=person.id))
        raise CredentialsRefused
    if person.password_hash and passwords.is_outdated(person.password_hash):
        person.password_hash = passwords.hash_password(password)
    return person


def open_session(person: Person, *, stay: bool, device: str, now: datetime) -> str:
    """Open a session and return the key for the cookie; the database keeps only its digest."""
    key = new_token()
    db.session.add(
        SignInSession(
            key_digest=token_digest(key),
            person_id=person.id,
            created_at=now,
            expires_at=now + rules.session_life(stay=stay),
            device=device,
        )
    )
    publish(SignedInEvent(at=now, actor=Actor(person_id=person.id, name=person.name), subject_id=person.id))
    return key


def set_password(person: Person, password: str, *, now: datetime) -> None:
    """Keep a new password and close every session opened with the old one; raises PasswordTooWeak."""
    rules.check_password(password, email=person.email or "")
    person.password_hash = passwords.hash_password(password)
    actor = Actor(person_id=person.id, name=person.name)
    publish(PasswordSet(at=now, actor=actor, subject_id=person.id))
    revoke_sessions(person.id, actor=actor, now=now)


def revoke_sessions(
    person_id: UUID, *, actor: Actor, now: datetime, only: UUID | None = None, except_key: str = ""
) -> int:
    """Close a person's sessions, one or all but the present one; return how many."""
    statement = update(SignInSession).where(
        SignInSession.person_id == person_id,
        SignInSession.revoked_at.is_(None),
        SignInSession.expires_at > now,
    )
    if only:
        statement = statement.where(SignInSession.id == only)
    if except_key:
        statement = statement.where(SignInSession.key_digest != token_digest(except_key))
    count = len(db.session.scalars(statement.values(revoked_at=now).returning(SignInSession.id)).all())
    if count:
        publish(SessionsRevoked(at=now, actor=actor, subject_id=person_id, count=count))
    return count


def give_role(person: Person, assignment: Assignment, *, actor: Actor, now: datetime) -> None:
    """Give a role in a scope; giving it again changes nothing."""
    if _find_role(person.id, assignment):
        return
    scope = str(assignment.scope_id or "")
    db.session.add(
        RoleAssignment(
            person_id=person.id,
            role=assignment.role,
            kind=assignment.kind,
            scope_id=assignment.scope_id,
            scope_key=scope,
            given_at=now,
        )
    )
    db.session.flush()
    publish(
        RoleGiven(
            at=now,
            actor=actor,
            subject_id=person.id,
            role=assignment.role,
            kind=assignment.kind,
            scope_id=scope,
        )
    )


def take_role(person: Person, assignment: Assignment, *, actor: Actor, now: datetime) -> None:
    """Take a role away; taking it again changes nothing."""
    row = _find_role(person.id, assignment)
    if row is None:
        return
    db.session.delete(row)
    db.session.flush()
    publish(
        RoleTaken(
            at=now, actor=actor, subject_id=person.id, role=row.role, kind=row.kind, scope_id=row.scope_key
        )
    )


def _find_role(person_id: UUID, assignment: Assignment) -> RoleAssignment | None:
    return db.session.scalar(
        select(RoleAssignment).where(
            RoleAssignment.person_id == person_id,
            RoleAssignment.role == assignment.role,
            RoleAssignment.kind == assignment.kind,
            RoleAssignment.scope_key == str(assignment.scope_id or ""),
        )
    )


def index_person(person: Person) -> None:
    """Keep the folded words by which a person is found and compared."""
    person.search_text = fold(f"{person.name} {person.email or ''}")
    person.name_key = rules.name_key(person.name)
    person.email_key = rules.email_key(person.email)
