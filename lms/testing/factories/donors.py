"""Links of donors, for tests."""

from datetime import timedelta

from lms.core.actors import SYSTEM
from lms.core.calendar import today
from lms.core.clock import now
from lms.institutions.programmes.models import Programme
from lms.reports.donors.links import sign_link
from lms.reports.donors.models import DonorLink
from lms.reports.donors.service import share


def make_donor_link(programme: Programme) -> DonorLink:
    """Let a body outside read the totals of a programme for ninety days."""
    last = today() + timedelta(days=90)
    return share(programme, reader="Organismo donante", last_day=last, actor=SYSTEM, now=now())


def donor_places(programme: Programme) -> dict[str, object]:
    """Return the values of a link for addresses."""
    link = make_donor_link(programme)
    return {"donor_link_id": link.id, "donor_token": sign_link(link.id)}
