"""What anybody may know of the keys that make documents credible, and whether a badge was made with one of them."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding

from lms.certificates.credentials import queries
from lms.certificates.credentials.canonical import NotCanonical
from lms.certificates.credentials.encodings import bytes_of, public_of
from lms.certificates.credentials.identity import SigningIdentity, identity_of
from lms.certificates.credentials.models import BadgeKey, SigningCertificate
from lms.certificates.credentials.proofs import signed_digest
from lms.certificates.credentials.terms import CONTEXTS
from lms.core.context import current_settings


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedKey:
    """A key that signs or signed badges."""

    did: str
    public: str
    """Its public half as a Multikey, which is also its name: z6Mk…."""
    fingerprint: str
    """SHA-256 of the 32 bytes of the public half, in hexadecimal."""
    made_at: datetime
    retired_at: datetime | None
    """When it signed for the last time; null while it signs."""
    withdrawn_at: datetime | None
    """What it signed no longer counts since then; null while it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCertificate:
    """A certificate that signs or signed files."""

    subject: str
    issuer: str
    serial: str
    sha256: str
    """Its fingerprint, in hexadecimal."""
    starts_at: datetime
    ends_at: datetime
    is_current: bool
    """Whether it signs what is issued now."""
    pem: str


class BadgeVerdict(StrEnum):
    """What can be said of a file that somebody takes for a badge."""

    GENUINE = "genuine"
    """We signed it, every word; whether it still stands is said of its document."""
    CHANGED = "changed"
    """It names a key of ours, which did not sign these words."""
    WITHDRAWN = "withdrawn"
    """We signed it with a key that was withdrawn."""
    NOT_OURS = "not-ours"


def list_badge_keys() -> list[PublishedKey]:
    """Return every key of badges, newest first."""
    return [_key(key) for key in queries.list_keys()]


def list_certificates() -> list[PublishedCertificate]:
    """Return the certificate that signs files now, and then those that signed some before, the latest first."""
    identity = identity_of(current_settings())
    current = [_of_identity(identity)] if identity else []
    return current + [
        _certificate(row)
        for row in queries.list_signing_certificates()
        if identity is None or row.sha256 != identity.sha256
    ]


def check_badge(content: bytes) -> tuple[BadgeVerdict, str]:
    """Return what can be said of a file, and the public code of the document that it speaks of.

    The code is empty unless the badge is one that we signed.
    """
    try:
        document = json.loads(content)
        (proof,) = document["proof"]
        key = queries.find_key_named(str(proof["verificationMethod"]))
        if key is None:
            return BadgeVerdict.NOT_OURS, ""
        is_whole = _is_signed(document, proof, key.public)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return BadgeVerdict.NOT_OURS, ""
    if not is_whole:
        return BadgeVerdict.CHANGED, ""
    code = str(document["id"]).rpartition("/")[2].removesuffix(".json")
    return (BadgeVerdict.WITHDRAWN if key.withdrawn_at else BadgeVerdict.GENUINE), code


def _is_signed(document: dict[str, Any], proof: dict[str, Any], public: str) -> bool:
    if document.get("@context") != list(CONTEXTS):
        return False  # other vocabularies would give the same words another meaning
    try:
        digest = signed_digest(document, proof)
        Ed25519PublicKey.from_public_bytes(public_of(public)).verify(bytes_of(proof["proofValue"]), digest)
    except (InvalidSignature, NotCanonical, KeyError, ValueError):
        return False
    return True


def _key(key: BadgeKey) -> PublishedKey:
    return PublishedKey(
        did=key.did,
        public=key.public,
        fingerprint=hashlib.sha256(public_of(key.public)).hexdigest(),
        made_at=key.created_at,
        retired_at=key.retired_at,
        withdrawn_at=key.withdrawn_at,
    )


def _of_identity(identity: SigningIdentity) -> PublishedCertificate:
    certificate = identity.certificate
    return PublishedCertificate(
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        serial=f"{certificate.serial_number:x}",
        sha256=identity.sha256,
        starts_at=identity.starts_at,
        ends_at=identity.ends_at,
        is_current=True,
        pem=certificate.public_bytes(Encoding.PEM).decode(),
    )


def _certificate(row: SigningCertificate) -> PublishedCertificate:
    return PublishedCertificate(
        subject=row.subject,
        issuer=row.issuer,
        serial=row.serial,
        sha256=row.sha256,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_current=False,
        pem=row.pem,
    )
