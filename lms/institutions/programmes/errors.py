"""Refusals about programmes."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class CodeTaken(DomainError):
    """Another programme's folios begin with the same code."""

    code = "programmes.code-taken"
    status = 422
    message = _l("Otro programa ya usa esa clave. Los folios no pueden empezar igual.")


class CodeFrozen(DomainError):
    """Certificates were issued under the code."""

    code = "programmes.code-frozen"
    status = 422
    message = _l("La clave no se cambia después de crear el programa: está en los folios.")


class LogoUnreadable(DomainError):
    """The file is no picture that a certificate can carry."""

    code = "programmes.logo-unreadable"
    status = 422
    message = _l("El logotipo no se pudo leer. Envíe una imagen PNG o JPEG de hasta 3 MB.")
