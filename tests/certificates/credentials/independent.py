"""A verifier that shares no code with the product: PyLD reads the vocabularies, libsodium checks the signature."""

import base64
import gzip
import hashlib
import json
from functools import cache
from pathlib import Path

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from pyld import jsonld

CONTEXTS = Path(__file__).parent / "contexts"
FILES = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "open-badges-3.0.3.json",
}
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


class Refused(Exception):
    """The credential is not what its issuer signed."""


@cache
def vocabulary(address):
    return json.loads((CONTEXTS / FILES[address]).read_bytes())


def load(address, _options):
    return {"contextUrl": None, "documentUrl": address, "document": vocabulary(address)}


def canonical(document):
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    return jsonld.normalize(document, options)


def verify(credential, did_document):
    """Return nothing, or raise Refused: data integrity with the cryptosuite eddsa-rdfc-2022."""
    (proof,) = credential["proof"]
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    issuer = credential["issuer"]["id"]
    method = next(
        (each for each in did_document["verificationMethod"] if each["id"] == proof["verificationMethod"]),
        None,
    )
    if (
        method is None
        or did_document["id"] != issuer
        or method["controller"] != issuer
        or method["id"] not in did_document["assertionMethod"]
        or options["cryptosuite"] != "eddsa-rdfc-2022"
        or options["proofPurpose"] != "assertionMethod"
    ):
        raise Refused("the issuer does not publish the key")
    unsecured = {name: value for name, value in credential.items() if name != "proof"}
    hashed = _digest({"@context": credential["@context"], **options}) + _digest(unsecured)
    key = _base58(method["publicKeyMultibase"])
    assert key[:2] == b"\xed\x01"
    try:
        VerifyKey(key[2:]).verify(hashed, _base58(proof["proofValue"]))
    except BadSignatureError as error:
        raise Refused("the signature is of something else") from error


def is_revoked(credential, status_list):
    """Say whether the bit of a credential is set in the list that it names."""
    status = credential["credentialStatus"]
    assert status["statusListCredential"] == status_list["id"]
    encoded = status_list["credentialSubject"]["encodedList"]
    bits = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    assert encoded[0] == "u"
    assert len(bits) >= 16 * 1024
    position = int(status["statusListIndex"])
    return bool(bits[position // 8] >> (7 - position % 8) & 1)


def _digest(document):
    return hashlib.sha256(canonical(document).encode()).digest()


def _base58(text):
    assert text[0] == "z"
    number = 0
    for sign in text[1:]:
        number = number * 58 + BASE58.index(sign)
    zeros = len(text[1:]) - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")
