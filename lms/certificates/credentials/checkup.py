"""What ``lms doctor`` says of keys and of the certificate that signs files: how they stand, and what to do."""

from datetime import datetime, timedelta

from lms.certificates.credentials import queries
from lms.certificates.credentials.did import did_of
from lms.certificates.credentials.errors import KeyUnreadable
from lms.certificates.credentials.identity import identity_of
from lms.certificates.credentials.service import signing_key
from lms.core.context import current_settings
from lms.core.settings import Settings

SOON = timedelta(days=60)
RENEW = "Pida el nuevo, indíquelo en LMS_SIGN_P12 y reinicie."


def look_at_signing(settings: Settings, now: datetime) -> tuple[str, str]:
    """Return how the certificate that signs files stands, and the cure; raises SettingsInvalid."""
    identity = identity_of(settings)
    if identity is None:
        return "los documentos no se firman (LMS_SIGN_P12 está vacía)", ""
    name = identity.certificate.subject.rfc4514_string()
    if not identity.may_sign(now):
        return f"el certificado de {name} está fuera de sus fechas: no se emite nada", RENEW
    days = identity.left(now).days
    detail = f"{name}, sirve hasta el {identity.ends_at:%Y-%m-%d} ({days} días)"
    return detail, RENEW if identity.left(now) < SOON else ""


def look_at_keys() -> tuple[str, str]:
    """Return how the key that signs badges stands, and the cure."""
    did = did_of(current_settings().host)
    key = queries.find_signing_key(did)
    if key is None:
        return "no se emiten; «lms certificate keys new» hace la llave", ""
    try:
        signing_key(key)
    except KeyUnreadable as error:
        return f"la llave de {did} no se puede abrir", str(error)
    return f"firma {key.public} de {did}", ""
