"""Letters about calls and nominations, and the list of those who wait."""

from uuid import UUID

from lms.accounts.models import Person
from lms.core.clock import now
from lms.core.jobs.orders import Progress
from lms.institutions.directory.queries import get_institution, list_focal_points
from lms.learning.nominations import letters, queries, waiting
from lms.learning.nominations.messages import AnnounceCall, FillPlaces, TellReplaced, TellVerdict
from lms.learning.nominations.rules import Phase


def announce_call(order: AnnounceCall, _progress: Progress) -> None:
    """Write to each focal point of an institution with places, once, unless the call opens later now or is over."""
    found = queries.get_call(UUID(order.call_id))
    if found.phase(now()) is not Phase.OPEN:
        return
    people: dict[UUID, Person] = {}
    for row in queries.list_quotas(found.id):
        if order.institution_id not in {"", str(row.institution_id)}:
            continue
        people |= {each.id: each for each in list_focal_points(get_institution(row.institution_id))}
    for person in people.values():
        letters.announce(found, person, now=now())


def fill_places(order: FillPlaces, _progress: Progress) -> None:
    """Give the free places to those who wait."""
    waiting.fill_places(queries.get_call(UUID(order.call_id)), now=now())


def tell_verdict(order: TellVerdict, _progress: Progress) -> None:
    """Write what became of a nomination, unless something else became of it meanwhile."""
    nomination = queries.get_nomination(UUID(order.nomination_id))
    if nomination.state.value == order.state:
        letters.tell_verdict(queries.get_call(nomination.call_id), nomination, now=now())


def tell_replaced(order: TellReplaced, _progress: Progress) -> None:
    """Write to a person whose place another one has now."""
    nomination = queries.get_nomination(UUID(order.nomination_id))
    letters.tell_replaced(queries.get_call(nomination.call_id), nomination, now=now())
