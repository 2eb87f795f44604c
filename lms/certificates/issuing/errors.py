"""Refusals about certificates."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class NotEligible(DomainError):
    """A requirement is missing, so nothing is issued, whoever asks."""

    code = "certificates.not-eligible"
    message = _l("La persona todavía no cumple todos los requisitos del documento.")


class CertificateCancelled(DomainError):
    """The file of a cancelled certificate is not given out: on its own it would still look valid."""

    code = "certificates.cancelled"
    status = 410
    message = _l("Este documento se canceló: ya no se corrige ni se renueva, y su PDF ya no se descarga.")


class FileDamaged(DomainError):
    """The stored file is missing or its hash is not the one frozen at issue; it is never made again."""

    code = "certificates.file-damaged"
    status = 503
    message = _l(
        "El archivo de este documento no está disponible. El documento sigue siendo válido: "
        "avise a quien administra el sitio para que lo recupere del respaldo."
    )


class TooManyFiles(DomainError):
    """An archive of so many files would keep the request waiting."""

    code = "certificates.too-many-files"
    status = 422
    message = _l("Son más de 300 constancias. Descárguelas por institución con los filtros de la lista.")


class NothingToRectify(DomainError):
    """The document says already what is true now."""

    code = "certificates.nothing-to-rectify"
    status = 422
    message = _l(
        "El documento ya dice eso. Corrija primero los datos de la persona, del curso o del programa."
    )


class NotRenewable(DomainError):
    """The document does not end, or its window for renewal is not open."""

    code = "certificates.not-renewable"
    status = 422
    message = _l("El documento no se puede renovar hoy: no vence, o su plazo de renovación no está abierto.")


class AlreadyRenewed(DomainError):
    """Another document took its place."""

    code = "certificates.already-renewed"
    status = 422
    message = _l("El documento ya se renovó.")


class RuleUnsound(DomainError):
    """The rule asks for less than the document states."""

    code = "certificates.rule-unsound"
    status = 422
    message = _l(
        "Un certificado pide completar el curso o aprobar sus evaluaciones; una constancia pide al menos una cosa."
    )
