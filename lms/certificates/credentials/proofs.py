"""The proof inside a credential: the cryptosuite eddsa-rdfc-2022 of the W3C's Data Integrity."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lms.certificates.credentials.canonical import canonical
from lms.certificates.credentials.encodings import base58


@dataclass(frozen=True, kw_only=True)
class SigningKey:
    """A key and the name under which its public half is published."""

    did: str
    """The issuer's identifier, as ``did:web:ruta.example.org``."""
    method: str
    """DID URL of the public half: the identifier and a fragment."""
    private: Ed25519PrivateKey


def proved(document: Mapping[str, Any], key: SigningKey, *, at: datetime) -> dict[str, Any]:
    """Return the document with its proof; the same arguments give the same bytes."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": instant(at),
        "verificationMethod": key.method,
        "proofPurpose": "assertionMethod",
    }
    digest = signed_digest(document, options)
    # Open Badges' schema wants a list of proofs even when there is one.
    return {**document, "proof": [{**options, "proofValue": base58(key.private.sign(digest))}]}


def signed_digest(document: Mapping[str, Any], proof: Mapping[str, Any]) -> bytes:
    """Return what the signature of a document is about; raises NotCanonical."""
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    return _digest(options) + _digest({name: value for name, value in document.items() if name != "proof"})


def instant(moment: datetime) -> str:
    """Return a moment as credentials write it: in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _digest(document: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(canonical(document).encode()).digest()
