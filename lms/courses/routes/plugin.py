"""Routes join the application."""

from lms.contacts.messages import (
    ContactAdded,
    ContactChanged,
    ContactNumberChanged,
    ContactRestored,
    ContactRetired,
    ContactSignatureLost,
    ContactSigned,
    ContactVerified,
)
from lms.core.events import Event
from lms.core.jobs.orders import Schedule, enqueue
from lms.core.storage import KeptFiles
from lms.courses.routes.jobs import draw_card, draw_stale_cards
from lms.courses.routes.messages import DrawCard, DrawStaleCards
from lms.courses.routes.models import ReleaseRoute
from lms.courses.routes.views import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice

DAY = 24 * 60 * 60
CHANGES: tuple[type[Event], ...] = (
    ContactAdded, ContactChanged, ContactNumberChanged, ContactRestored, ContactRetired, ContactVerified,
    ContactSigned, ContactSignatureLost,
)  # fmt: skip
"""What may make a card say something that is no longer true."""


def _look_again(event: Event) -> None:
    enqueue(DrawStaleCards(), now=event.at)


@hookimpl
def register_slice() -> Slice:
    """Declare the pages of the routes and the drawing of their cards."""
    return Slice(
        name="routes",
        blueprints=(bp,),
        subscribers=dict.fromkeys(CHANGES, (_look_again,)),
        jobs={DrawCard: draw_card, DrawStaleCards: draw_stale_cards},
        schedules=(Schedule(order=DrawStaleCards(), every_seconds=DAY),),
        kept_files=(KeptFiles(name="routes.cards", columns=(ReleaseRoute.card_sha256,)),),
    )
