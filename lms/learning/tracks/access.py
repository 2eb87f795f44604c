"""From an id and an actor to an enrolment or a request, or nothing."""

from uuid import UUID

from lms.core.actors import Actor
from lms.core.errors import NotFound
from lms.learning.access import access_study
from lms.learning.queries import Study
from lms.learning.tracks import queries
from lms.learning.tracks.models import TrackRequest
from lms.learning.tracks.permissions import TrackPermission


def access_asker(actor: Actor, enrolment_id: UUID) -> Study:
    """Return an enrolment for which the actor may ask: one's own, or of one's institutions."""
    return access_study(actor, enrolment_id, TrackPermission.ASK)


def access_request(actor: Actor, request_id: UUID) -> TrackRequest:
    """Return a request that the actor may answer."""
    found = queries.find_reached(actor, request_id)
    if found is None:
        raise NotFound
    return found
