"""What is asked for routes."""

from dataclasses import dataclass
from typing import ClassVar

from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class DrawCard(Order):
    """Draw the card of one route as it is now."""

    code: ClassVar[str] = "routes.draw-card"
    label: ClassVar[Text] = _l("Dibujar la tarjeta de una ruta")
    keep_days: ClassVar[int] = 1

    route_id: str


@dataclass(frozen=True, kw_only=True)
class DrawStaleCards(Order):
    """Find the cards that no longer say what is true, and have each drawn again."""

    code: ClassVar[str] = "routes.draw-stale-cards"
    label: ClassVar[Text] = _l("Buscar tarjetas de ruta que ya no están al día")
    keep_days: ClassVar[int] = 1
