"""Refusals about accounts."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class CredentialsRefused(DomainError):
    """The address and the password do not go together; never says which of the two is wrong."""

    code = "accounts.credentials-refused"
    status = 422
    message = _l("El correo y la contraseña no coinciden. Revise las mayúsculas.")


class LinkRefused(DomainError):
    """A link from an e-mail was used, replaced or is too old."""

    code = "accounts.link-refused"
    status = 410
    message = _l("Este enlace ya se usó o caducó. Pida uno nuevo desde «Olvidé mi contraseña».")


class PasswordTooWeak(DomainError):
    """The new password is short or among the first that anybody tries."""

    code = "accounts.password-too-weak"
    status = 422
    message = _l("Use al menos 12 caracteres. Una frase de varias palabras es fácil de recordar.")


class EmailTaken(DomainError):
    """Another person has that address."""

    code = "accounts.email-taken"
    status = 422
    message = _l("Otra persona ya usa ese correo.")
