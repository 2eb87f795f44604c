"""Refusals about certificates."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class NotEligible(DomainError):
    """A requirement is missing, so nothing is issued, whoever asks."""

    code = "certificates.not-eligible"
    message = _l("La persona todavía no cumple todos los requisitos de la constancia.")


class CertificateCancelled(DomainError):
    """The file of a cancelled certificate is not given out: on its own it would still look valid."""

    code = "certificates.cancelled"
    status = 410
    message = _l("Esta constancia se canceló y su PDF ya no se descarga.")


class FileDamaged(DomainError):
    """The stored file is missing or its hash is not the one frozen at issue; it is never made again."""

    code = "certificates.file-damaged"
    status = 503
    message = _l(
        "El archivo de esta constancia no está disponible. La constancia sigue siendo válida: "
        "avise a quien administra el sitio para que lo recupere del respaldo."
    )


class TooManyFiles(DomainError):
    """An archive of so many files would keep the request waiting."""

    code = "certificates.too-many-files"
    status = 422
    message = _l("Son más de 300 constancias. Descárguelas por institución con los filtros de la lista.")
