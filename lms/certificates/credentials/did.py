"""The issuer's identity on the web, ``did:web``: the public keys under an address of its own domain."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

CONTEXTS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")


def did_of(host: str) -> str:
    """Return the identifier of whoever publishes at this host, which may carry a port."""
    return f"did:web:{quote(host.lower(), safe='')}"


def method_of(did: str, public: str) -> str:
    """Return the name of a key: the identifier with the Multikey itself, so that a name never means another key."""
    return f"{did}#{public}"


def did_document(did: str, publics: Iterable[str]) -> dict[str, Any]:
    """Return what an identifier publishes: each key, given as its Multikey, and that it may sign statements."""
    keys = list(publics)
    return {
        "@context": list(CONTEXTS),
        "id": did,
        "verificationMethod": [
            {
                "id": method_of(did, public),
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": public,
            }
            for public in keys
        ],
        "assertionMethod": [method_of(did, public) for public in keys],
    }
