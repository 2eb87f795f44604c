"""What can be done with keys, and the two things that whoever issues a document asks for: its badge and its seal."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID

from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy.exc import IntegrityError

from lms.certificates.credentials import keyring, queries, stamping
from lms.certificates.credentials.did import did_of, method_of
from lms.certificates.credentials.errors import SigningExpired
from lms.certificates.credentials.facts import BadgeFacts
from lms.certificates.credentials.identity import SigningIdentity, identity_of
from lms.certificates.credentials.messages import BadgeKeyMade, BadgeKeyWithdrawn, TimeStampMissed
from lms.certificates.credentials.models import BadgeKey, SigningCertificate
from lms.certificates.credentials.openbadge import Place, open_badge
from lms.certificates.credentials.places import place_of
from lms.certificates.credentials.proofs import SigningKey
from lms.core.actors import SYSTEM, Actor
from lms.core.context import current_settings
from lms.core.db import db, savepoint
from lms.core.events import publish


def make_badge(facts: BadgeFacts) -> str | None:
    """Return the Open Badge of a document as JSON on one line, None where no key was ever made.

    Called in the issuing transaction: it draws the badge's place in the list of what is revoked. Raises KeyUnreadable.
    """
    settings = current_settings()
    key = _current_key(did_of(settings.host), facts.issued_at)
    if key is None:
        return None
    place = place_of(facts.code, facts.version)
    badge = open_badge(
        facts,
        signing_key(key),
        site=settings.public_url,
        place=Place(list_address(settings.public_url, place.list_number), place.position),
        salt=token_urlsafe(16),
    )
    return json.dumps(badge, ensure_ascii=False, separators=(",", ":"))


def list_address(site: str, number: int) -> str:
    """Return where a list of what is revoked is published under a site's address."""
    return f"{site}/badges/status/{number}"


def signing_key(key: BadgeKey) -> SigningKey:
    """Return a key ready to sign; raises KeyUnreadable."""
    private = keyring.opened(key.sealed, str(current_settings().secret_key))
    return SigningKey(did=key.did, method=method_of(key.did, key.public), private=private)


def _current_key(did: str, now: datetime) -> BadgeKey | None:
    """Return the key of this issuer; when only the domain changed since the last one, a new key for the new one."""
    if key := queries.find_signing_key(did):
        return key
    if not queries.list_keys():
        return None
    with suppress(IntegrityError), savepoint():  # another document may be the first of the new domain too
        new_key(did, actor=SYSTEM, now=now)
    return queries.find_signing_key(did)


def new_key(did: str, *, actor: Actor, now: datetime) -> BadgeKey:
    """Make the key that signs for an issuer from now on; the earlier one stays published."""
    if earlier := queries.find_signing_key(did):
        earlier.retired_at = now
        db.session.flush()
    public, closed = keyring.new_pair(str(current_settings().secret_key))
    key = BadgeKey(did=did, public=public, sealed=closed, created_at=now)
    db.session.add(key)
    db.session.flush()
    publish(BadgeKeyMade(at=now, actor=actor, subject_id=key.id, did=did, public=public))
    return key


def withdraw_key(key: BadgeKey, *, actor: Actor, now: datetime) -> None:
    """Stop publishing a key that somebody else may know, and sign with another one. Asking again changes nothing."""
    if key.withdrawn_at:
        return
    key.withdrawn_at = now
    db.session.flush()
    publish(BadgeKeyWithdrawn(at=now, actor=actor, subject_id=key.id, did=key.did, public=key.public))
    if key.retired_at is None:
        new_key(key.did, actor=actor, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A file as it leaves, and who signed it."""

    content: bytes
    identity: SigningIdentity | None = None
    """None where no certificate is configured: the file is as it was drawn."""
    lacks_stamp: bool = False
    """Whether it has not the time stamp that it should have."""


def seal(pdf: bytes, *, subject_id: UUID, folio: str, at: datetime) -> bytes:
    """Return a document's file signed with the institution's certificate, or the same bytes where none is configured.

    What signing raises, this raises; whoever issues holds the counter of folios meanwhile.
    """
    sealed = sign_file(pdf, at=at)
    note_signature(sealed, subject_id=subject_id, folio=folio, at=at)
    return sealed.content


def sign_file(pdf: bytes, *, at: datetime) -> Sealed:
    """Return a file signed with the institution's certificate, or as it was where none is configured; asks no database.

    No document leaves unsigned where signing is configured: raises SigningExpired. Where a service of time stamps is
    configured it has two seconds to answer; without its answer the file is signed all the same.
    """
    settings = current_settings()
    identity = identity_of(settings)
    if identity is None:
        return Sealed(content=pdf)
    if not identity.may_sign(at):
        raise SigningExpired
    signed, lacks_stamp = stamping.sign(pdf, identity, tsa_url=settings.sign_tsa_url, at=at)
    return Sealed(content=signed, identity=identity, lacks_stamp=lacks_stamp)


def note_signature(sealed: Sealed, *, subject_id: UUID, folio: str, at: datetime) -> None:
    """Keep which certificate signed the file of a document, and say in the audit trail if it lacks its time stamp."""
    if sealed.identity is None:
        return
    _remember(sealed.identity, at)
    if sealed.lacks_stamp:
        publish(TimeStampMissed(at=at, actor=SYSTEM, subject_id=subject_id, folio=folio))


def _remember(identity: SigningIdentity, at: datetime) -> None:
    """Keep the certificate, so that what it signed can be checked when another one signs."""
    if db.session.get(SigningCertificate, identity.sha256):
        return
    with suppress(IntegrityError), savepoint():
        db.session.add(_row(identity, at))


def _row(identity: SigningIdentity, at: datetime) -> SigningCertificate:
    certificate = identity.certificate
    return SigningCertificate(
        sha256=identity.sha256,
        subject=certificate.subject.rfc4514_string()[:500],
        issuer=certificate.issuer.rfc4514_string()[:500],
        serial=f"{certificate.serial_number:x}",
        starts_at=identity.starts_at,
        ends_at=identity.ends_at,
        pem=certificate.public_bytes(Encoding.PEM).decode(),
        first_used_at=at,
    )
