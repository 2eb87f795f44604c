"""The institution's own certificate for signing files, from its PKCS#12: loaded once in a process."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import Certificate

from lms.core.settings import Settings, SettingsInvalid

LEAST_RSA_BITS = 2048
NO_EXTRA = (
    "LMS_SIGN_P12: para firmar documentos falta instalar una parte que es opcional. "
    "Instálela con «pip install ruta-lms[sign]»."
)
UNREADABLE = "LMS_SIGN_P12: no se pudo abrir {path}. Revise que sea un archivo PKCS#12 y su contraseña."
EMPTY = "LMS_SIGN_P12: {path} no contiene un certificado con su llave privada. Expórtelo de nuevo con las dos partes."
WRONG_KEY = (
    "LMS_SIGN_P12: la llave de {path} no sirve para firmar. Use RSA de 2048 bits o más, o curva elíptica."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class SigningIdentity:
    """Who signs: a certificate, its private key, and the certificates between it and a root."""

    certificate: Certificate
    key: Any
    """RSA or elliptic curve, opened."""
    chain: tuple[Certificate, ...]

    @property
    def sha256(self) -> str:
        """Return the fingerprint of the certificate, in hexadecimal."""
        return self.certificate.fingerprint(SHA256()).hex()

    @property
    def starts_at(self) -> datetime:
        """Return the first instant at which it may sign."""
        return self.certificate.not_valid_before_utc

    @property
    def ends_at(self) -> datetime:
        """Return the last instant at which it may sign."""
        return self.certificate.not_valid_after_utc

    def left(self, now: datetime) -> timedelta:
        """Return how long it may still sign; negative once it may not."""
        return self.ends_at - now

    def may_sign(self, at: datetime) -> bool:
        """Say whether a signature of this instant falls inside its dates."""
        return self.starts_at <= at <= self.ends_at


def identity_of(settings: Settings) -> SigningIdentity | None:
    """Return who signs files here, None where nobody does; raises SettingsInvalid with a sentence."""
    if settings.sign_p12 is None:
        return None
    if find_spec("pyhanko") is None:
        raise SettingsInvalid([NO_EXTRA])
    return _load(settings.sign_p12, str(settings.sign_password))


@lru_cache(maxsize=4)
def _load(path: Path, password: str) -> SigningIdentity:
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(
            path.read_bytes(), password.encode() or None
        )
    except (OSError, ValueError, TypeError) as error:
        raise SettingsInvalid([UNREADABLE.format(path=path)]) from error
    if key is None or certificate is None:
        raise SettingsInvalid([EMPTY.format(path=path)])
    is_strong = isinstance(key, RSAPrivateKey) and key.key_size >= LEAST_RSA_BITS
    if not is_strong and not isinstance(key, EllipticCurvePrivateKey):
        raise SettingsInvalid([WRONG_KEY.format(path=path)])
    return SigningIdentity(certificate=certificate, key=key, chain=tuple(chain))
