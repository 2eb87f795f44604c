"""What can be done with routes; the only writer of their table."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lms.contacts.queries import list_emergencies, list_entries
from lms.core.calendar import today
from lms.core.context import current_storage
from lms.core.db import db
from lms.core.i18n import speaking
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.courses.compiler.referral import Route
from lms.courses.compiler.route_codec import route_to_json
from lms.courses.routes import queries
from lms.courses.routes.card import Card, card_of, with_emergencies
from lms.courses.routes.messages import DrawCard
from lms.courses.routes.models import ReleaseRoute
from lms.web.links import absolute_url


def keep_routes(release_id: UUID, routes: Iterable[Route], *, now: datetime) -> None:
    """Keep the routes of a new release and have their cards drawn."""
    for position, route in enumerate(routes, start=1):
        row = ReleaseRoute(
            id=new_id(),
            release_id=release_id,
            position=position,
            key=route.key,
            place=route.place,
            valid_from=route.valid_from,
            valid_until=route.valid_until,
            body=route_to_json(route),
        )
        db.session.add(row)
        db.session.flush()
        enqueue(DrawCard(route_id=str(row.id)), now=now)


def current_card(found: queries.CurrentRoute) -> Card:
    """Return what the card of a route says today, in two queries."""
    contacts = list_entries(found.route.contacts, today())
    with speaking("es"):
        return card_of(
            found.route,
            with_emergencies(contacts, list_emergencies(today())),
            course=found.course_title,
            address=absolute_url("routes.route_page", slug=found.course_slug, key=found.route.key),
        )


def is_current(row: ReleaseRoute, card: Card) -> bool:
    """Say whether the drawn card says what is true today."""
    return bool(row.card_sha256) and row.card_inputs == card.digest


def keep_card(row: ReleaseRoute, card: Card, content: bytes) -> None:
    """Keep the drawn card; what was drawn before is not handed out any more."""
    row.card_sha256 = current_storage().put(content)
    row.card_inputs = card.digest
    db.session.flush()


def draw_stale_cards(*, now: datetime) -> int:
    """Have every card drawn that no longer says what is true, and return how many."""
    stale = [
        (found.row.id, card.digest)
        for found in queries.list_current()
        if not is_current(found.row, card := current_card(found))
    ]
    for route_id, digest in stale:
        enqueue(DrawCard(route_id=str(route_id)), now=now, key=f"route-card:{route_id}:{digest[:16]}")
    return len(stale)
