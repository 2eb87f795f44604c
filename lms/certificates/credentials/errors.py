"""Why a document cannot be signed."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class KeyUnreadable(DomainError):
    """The private key was closed with another secret key than the present one."""

    code = "certificates.key-unreadable"
    status = 500
    message = _l(
        "La llave de las insignias se guardó con otra clave secreta. Vuelva a poner la anterior en LMS_SECRET_KEY, o "
        "haga otra llave con «lms certificate keys new»."
    )


class NoSuchKey(DomainError):
    """There is no key with that name."""

    code = "certificates.no-such-key"
    status = 404
    message = _l("No hay ninguna llave con ese nombre. Véalas con «lms certificate keys list».")


class SigningExpired(DomainError):
    """The certificate that signs files is out of its dates: what it signs would be born invalid."""

    code = "certificates.signing-expired"
    status = 500
    message = _l(
        "El certificado que firma los documentos está fuera de sus fechas. Ponga uno vigente en LMS_SIGN_P12."
    )


class TimeStampMissing(Exception):
    """The service that says the time did not answer in time, or not as it should: the file is signed without it."""
