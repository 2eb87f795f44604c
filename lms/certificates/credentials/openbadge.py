"""A document as a credential of Open Badges 3.0 (1EdTech), which is a W3C verifiable credential."""

import hashlib
from typing import Any, Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from lms.certificates.credentials.facts import BadgeFacts
from lms.certificates.credentials.proofs import SigningKey, instant, proved
from lms.certificates.credentials.terms import CONTEXTS

ACHIEVEMENT_TYPES: Final = {"certificado": "Certificate", "constancia": "CertificateOfCompletion"}


class Place(NamedTuple):
    """Where it will be said that the badge no longer stands."""

    address: str
    """Of the status list."""
    position: int


def open_badge(facts: BadgeFacts, key: SigningKey, *, site: str, place: Place, salt: str) -> dict[str, Any]:
    """Return the signed badge; ``site`` is the public address of the installation, without a final slash."""
    credential: dict[str, Any] = {
        "@context": list(CONTEXTS),
        "id": f"{site}/badges/{facts.code}.json",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": facts.title,
        "issuer": {"id": key.did, "type": ["Profile"], "name": facts.issuer_name, "url": site},
        "validFrom": instant(facts.issued_at),
    }
    if facts.valid_until:
        credential["validUntil"] = instant(facts.valid_until)
    credential["credentialSubject"] = {
        "type": ["AchievementSubject"],
        "identifier": _holder(facts, salt),
        "achievement": _achievement(facts, key.did),
    }
    credential["credentialStatus"] = _status(place)
    return proved(credential, key, at=facts.issued_at)


def _holder(facts: BadgeFacts, salt: str) -> list[dict[str, Any]]:
    """Return who it is about: whoever knows the name or the address can check it, nobody can read it."""
    known = {"name": facts.holder_name, "emailAddress": facts.holder_email.lower()}
    return [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": identity_hash(identity, salt),
            "identityType": kind,
            "salt": salt,
        }
        for kind, identity in known.items()
        if identity
    ]


def identity_hash(identity: str, salt: str) -> str:
    """Return the hash that Open Badges defines: SHA-256 over the identity followed by its salt."""
    return f"sha256${hashlib.sha256((identity + salt).encode()).hexdigest()}"


def _achievement(facts: BadgeFacts, did: str) -> dict[str, Any]:
    return {
        "id": uuid5(NAMESPACE_URL, f"{did}#{facts.achievement}").urn,
        "type": ["Achievement"],
        "achievementType": ACHIEVEMENT_TYPES[facts.kind],
        "name": facts.title,
        "description": facts.description,
        "criteria": {"narrative": facts.criteria},
    }


def _status(place: Place) -> dict[str, Any]:
    return {
        "id": f"{place.address}#{place.position}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(place.position),
        "statusListCredential": place.address,
    }
