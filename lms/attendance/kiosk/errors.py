"""Refusals of the tablet at the door."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class SearchTooShort(DomainError):
    """So little would find everybody."""

    code = "kiosk.search-too-short"
    status = 422
    message = _l("Escriba al menos tres letras de su nombre o apellido.")


class PinWrong(DomainError):
    """Another PIN opened this tablet."""

    code = "kiosk.pin-wrong"
    status = 422
    message = _l("Ese PIN no es el de esta tableta.")


class KioskLocked(DomainError):
    """The PIN was tried too often."""

    code = "kiosk.locked"
    status = 403
    message = _l(
        "Se probaron demasiados PIN. Quien lleva la lista puede desbloquear la tableta desde su cuenta."
    )


class WalkInKnown(DomainError):
    """The record is of somebody known by now: they leave a cohort by its own page, not by this one."""

    code = "kiosk.walk-in-known"
    status = 409
    message = _l(
        "Esta persona ya está identificada. Si no es de la cohorte, dela de baja en la página de personas."
    )
