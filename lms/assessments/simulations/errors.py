"""Refusals about simulations."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class SimulationClosed(DomainError):
    """The cohort has not begun or is over."""

    code = "simulations.closed"
    message = _l("El curso no está abierto hoy, así que el caso no recibe decisiones.")


class AlreadyDecided(DomainError):
    """The story has moved on since the page was opened."""

    code = "simulations.already-decided"
    message = _l("Eso ya lo decidió antes. Aquí está donde se quedó.")
