"""Cards are drawn here, never while somebody waits for a page."""

from uuid import UUID

from lms.core.clock import now
from lms.core.context import current_settings
from lms.core.i18n import speaking
from lms.core.jobs.orders import Progress
from lms.courses.routes import queries, service
from lms.courses.routes.card_pdf import draw_card as draw
from lms.courses.routes.messages import DrawCard, DrawStaleCards


def draw_card(order: DrawCard, _progress: Progress) -> None:
    """Draw the card of a route, unless it is up to date or the route is no longer in use."""
    found = queries.find_current_by_id(UUID(order.route_id))
    if found is None:
        return
    card = service.current_card(found)
    if service.is_current(found.row, card):
        return
    with speaking(card.language):
        content = draw(card, current_settings().designs_dir, made_at=now())
    service.keep_card(found.row, card, content)


def draw_stale_cards(_order: DrawStaleCards, _progress: Progress) -> None:
    """Look at every card, and have those drawn that are out of date."""
    service.draw_stale_cards(now=now())
