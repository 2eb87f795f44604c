"""Refusals about seats."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class SeatOverlaps(DomainError):
    """The institution has another seat in those days."""

    code = "commission.seat-overlaps"
    status = 422
    message = _l("La institución ya tiene otro asiento en esas fechas.")


class SeatDatesCrossed(DomainError):
    """A seat ends before it begins."""

    code = "commission.seat-dates-crossed"
    status = 422
    message = _l("El último día no puede ser anterior al primero.")


class HolderOutside(DomainError):
    """Nobody holds a seat on days on which there is none, or before whoever holds it."""

    code = "commission.holder-outside"
    status = 422
    message = _l("Ese día el asiento no existe, o ya lo ocupaba alguien que fue nombrado después.")
