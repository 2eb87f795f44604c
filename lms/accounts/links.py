"""Signed links for e-mails. Nothing is stored: a link stops working when the password that it is for changes."""

import hashlib
from uuid import UUID

from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer

from lms.accounts import rules
from lms.accounts.errors import LinkRefused
from lms.accounts.models import Person
from lms.accounts.queries import get_person
from lms.core.clock import now
from lms.core.context import current_settings
from lms.core.errors import NotFound

INVITATION = "invitation"
RESET = "reset"
LIFE = {INVITATION: rules.INVITATION_DAYS * 24 * 3600, RESET: rules.RESET_HOURS * 3600}


class _Signer(TimestampSigner):
    """Dates links by the product's own clock."""

    def get_timestamp(self) -> int:
        return int(now().timestamp())


def sign_link(person: Person, purpose: str) -> str:
    """Return the token of a link for one purpose; it dies with the person's present password."""
    return _serializer(purpose).dumps([str(person.id), _fingerprint(person)])


def person_of_link(token: str, purpose: str) -> Person:
    """Return whose link this is; raises LinkRefused when it was used, replaced or is too old."""
    try:
        person_id, fingerprint = _serializer(purpose).loads(token, max_age=LIFE[purpose])
        person = get_person(UUID(person_id))
    except (BadSignature, NotFound, ValueError, TypeError) as error:
        raise LinkRefused from error
    if person.merged_into_id and purpose == INVITATION:
        return _who_stands(person.merged_into_id)
    if fingerprint != _fingerprint(person) or not person.is_active:
        raise LinkRefused
    return person


def _who_stands(person_id: UUID) -> Person:
    """Return whom a merged record became part of: an invitation is for a person, whichever address it went to."""
    person = get_person(person_id)
    if person.has_accepted or not person.is_active:
        raise LinkRefused
    return person


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        str(current_settings().secret_key), salt=f"accounts.{purpose}", signer=_Signer
    )


def _fingerprint(person: Person) -> str:
    return hashlib.sha256(f"{person.email}|{person.password_hash}".encode()).hexdigest()[:16]
