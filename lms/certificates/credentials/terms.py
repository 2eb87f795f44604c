"""The vocabulary that our credentials use: what each name means as an IRI, and what kind of value it has.

Taken from the contexts https://www.w3.org/ns/credentials/v2 and Open Badges' context-3.0.3.json, and only the terms
that we write. Not inLanguage: it came to the latter without a new address, so programs with an older copy would leave
it out and find the signature wrong. The tests expand every document with those contexts and a JSON-LD processor.
"""

from enum import StrEnum
from typing import Final, NamedTuple

CREDENTIALS: Final = "https://www.w3.org/2018/credentials#"
STATUS: Final = "https://www.w3.org/ns/credentials/status#"
SECURITY: Final = "https://w3id.org/security#"
BADGES: Final = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
SCHEMA: Final = "https://schema.org/"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
XSD_AS_BADGES_WRITE_IT: Final = "https://www.w3.org/2001/XMLSchema#"
"""Open Badges' context says https where the standard says http; it is a name, and has to be taken as it is."""
CONTEXTS: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)


class Kind(StrEnum):
    """What stands as the value of a term."""

    TEXT = "text"
    """A literal; plain, or of the term's datatype."""
    NODE = "node"
    """Another thing: an object, or the IRI of one."""


class Term(NamedTuple):
    """What a name means."""

    iri: str
    kind: Kind = Kind.TEXT
    datatype: str = ""


TYPES: Final = {
    "VerifiableCredential": CREDENTIALS + "VerifiableCredential",
    "OpenBadgeCredential": BADGES + "OpenBadgeCredential",
    "Profile": BADGES + "Profile",
    "AchievementSubject": BADGES + "AchievementSubject",
    "Achievement": BADGES + "Achievement",
    "IdentityObject": BADGES + "IdentityObject",
    "BitstringStatusListCredential": STATUS + "BitstringStatusListCredential",
    "BitstringStatusList": STATUS + "BitstringStatusList",
    "BitstringStatusListEntry": STATUS + "BitstringStatusListEntry",
    "DataIntegrityProof": SECURITY + "DataIntegrityProof",
}
TERMS: Final = {
    "name": Term(SCHEMA + "name"),
    "description": Term(SCHEMA + "description"),
    "url": Term(SCHEMA + "url", datatype=XSD_AS_BADGES_WRITE_IT + "anyURI"),
    "narrative": Term(BADGES + "narrative"),
    "issuer": Term(CREDENTIALS + "issuer", Kind.NODE),
    "validFrom": Term(CREDENTIALS + "validFrom", datatype=XSD + "dateTime"),
    "validUntil": Term(CREDENTIALS + "validUntil", datatype=XSD + "dateTime"),
    "credentialSubject": Term(CREDENTIALS + "credentialSubject", Kind.NODE),
    "credentialStatus": Term(CREDENTIALS + "credentialStatus", Kind.NODE),
    "achievement": Term(BADGES + "achievement", Kind.NODE),
    "achievementType": Term(BADGES + "achievementType"),
    "criteria": Term(BADGES + "Criteria", Kind.NODE),
    "identifier": Term(BADGES + "identifier", Kind.NODE),
    "hashed": Term(BADGES + "hashed", datatype=XSD_AS_BADGES_WRITE_IT + "boolean"),
    "identityHash": Term(BADGES + "identityHash"),
    "identityType": Term(BADGES + "identityType"),
    "salt": Term(BADGES + "salt"),
    "statusPurpose": Term(STATUS + "statusPurpose"),
    "statusListIndex": Term(STATUS + "statusListIndex"),
    "statusListCredential": Term(STATUS + "statusListCredential", Kind.NODE),
    "encodedList": Term(STATUS + "encodedList", datatype=SECURITY + "multibase"),
    "created": Term("http://purl.org/dc/terms/created", datatype=XSD + "dateTime"),
    "cryptosuite": Term(SECURITY + "cryptosuite", datatype=SECURITY + "cryptosuiteString"),
    "proofPurpose": Term(SECURITY + "proofPurpose", Kind.NODE),
    "verificationMethod": Term(SECURITY + "verificationMethod", Kind.NODE),
}
NAMED: Final = {"assertionMethod": SECURITY + "assertionMethod"}
"""Values that are words of the vocabulary themselves."""
