"""How private keys are kept: closed with a key derived from the installation's secret key, never in clear."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lms.certificates.credentials.encodings import multikey
from lms.certificates.credentials.errors import KeyUnreadable

PURPOSE = b"ruta badge keys"
"""Ties the derived key to its use: the same secret opens nothing else with it."""


def new_pair(secret: str) -> tuple[str, str]:
    """Return a fresh key: its public half as a Multikey, and the private half closed."""
    private = Ed25519PrivateKey.generate()
    closed = _box(secret).encrypt(private.private_bytes_raw()).decode()
    return multikey(private.public_key().public_bytes_raw()), closed


def opened(closed: str, secret: str) -> Ed25519PrivateKey:
    """Return a private key; raises KeyUnreadable when it was closed with another secret."""
    try:
        return Ed25519PrivateKey.from_private_bytes(_box(secret).decrypt(closed.encode()))
    except InvalidToken:
        raise KeyUnreadable from None


def _box(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
