"""Calls and nominations, for tests."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lms.accounts.models import Person
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import get_institution
from lms.learning.models import Cohort, Enrolment
from lms.learning.nominations import calls, queries, service
from lms.learning.nominations.calls import CallValues
from lms.learning.nominations.models import Nomination, NominationCall
from lms.learning.nominations.rules import Window
from lms.learning.tracks import service as tracks
from lms.learning.tracks.models import TrackRequest
from lms.testing.factories.institutions import make_member


def make_call(
    cohort: Cohort, places: Mapping[Institution, int], *, closes_at: datetime | None = None
) -> NominationCall:
    """Open a call since yesterday for a week, with substitutions for three weeks, and give institutions places."""
    closes = closes_at or now() + timedelta(days=7)
    window = Window(
        opens_at=min(now(), closes) - timedelta(days=1),
        closes_at=closes,
        substitutes_until=closes + timedelta(days=14),
    )
    call = calls.open_call(cohort, CallValues(window=window), actor=SYSTEM, now=now())
    for institution, count in places.items():
        calls.set_quota(call, get_institution(institution.id), count, actor=SYSTEM, now=now())
    return call


def make_nomination(
    call: NominationCall, institution: Institution, person: Person | None = None, *, late_reason: str = ""
) -> Nomination:
    """Nominate a person who works at an institution; without one, somebody new."""
    nominee = person or make_member(institution)
    return service.nominate(
        queries.get_call(call.id), nominee, late_reason=late_reason, actor=SYSTEM, now=now()
    )


def make_track_request(enrolment: Enrolment, sector: str = "justice") -> TrackRequest:
    """Ask for another sector for an enrolment."""
    return tracks.ask(enrolment, sector, "Cambió de área.", actor=SYSTEM, now=now())
