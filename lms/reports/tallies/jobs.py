"""Figures as jobs: load, call the service."""

import logging
from datetime import timedelta
from uuid import UUID

from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.jobs.orders import Progress
from lms.institutions.programmes.queries import get_programme
from lms.learning.queries import get_cohort
from lms.reports.tallies import queries, service, spans
from lms.reports.tallies.messages import (
    CountSpan,
    FollowPosts,
    RecountCohort,
    RecountInstitution,
    VerifyTallies,
)

log = logging.getLogger(__name__)
LOOKS_BACK = timedelta(days=7)
"""How far the daily job looks back for people who changed post, so that a week without a worker loses nobody."""


def verify_tallies(_order: VerifyTallies, progress: Progress) -> None:
    """Verify each programme, and begin to keep the figures of those that never were counted."""
    _follow_posts()  # a day that passed is no difference, whichever of the two jobs comes first
    programmes = list(service.list_all())
    for place, programme in enumerate(programmes):
        progress(place, len(programmes))
        if not queries.is_counted(programme.id):
            service.build(programme, now=now())
        elif wrong := service.mend(programme, actor=SYSTEM, now=now()):
            log.error("%s kept figures of programme %s differed from the facts", wrong, programme.code)


def recount_cohort(order: RecountCohort, _progress: Progress) -> None:
    """Count everybody in a cohort again."""
    cohort = get_cohort(UUID(order.cohort_id))
    if queries.is_counted(cohort.programme_id):
        service.recount(get_programme(cohort.programme_id), queries.list_people_of(cohort.id), now=now())


def recount_institution(order: RecountInstitution, _progress: Progress) -> None:
    """Count everybody who has the sector of an institution again."""
    moment = now()
    people = queries.list_people_by_place(UUID(order.institution_id))
    service.recount_people([(person_id, moment) for person_id in people])


def follow_posts(_order: FollowPosts, _progress: Progress) -> None:
    """Count the people again whose affiliation began or ended lately: a day passes without an event."""
    _follow_posts()


def _follow_posts() -> None:
    moment = now()
    # East of Greenwich it may be tomorrow already.
    moving = queries.list_people_moving((moment - LOOKS_BACK).date(), moment.date() + timedelta(days=1))
    service.recount_people([(person_id, moment) for person_id in moving])


def count_span(order: CountSpan, _progress: Progress) -> None:
    """Count the next people of a span; the page of spans shows how far it is."""
    spans.count_part(order, now=now())
