"""What the commission told of the demonstration: a quarterly report, public figures, links for donors, a list."""

from datetime import datetime, timedelta
from typing import Final

from lms.core.actors import Actor
from lms.demo.agreements import COMMISSION
from lms.demo.cohorts import FINISHED
from lms.institutions.programmes.models import Programme
from lms.reports.donors import service as donors
from lms.reports.frozen import reporting, service
from lms.reports.frozen.rules import Quarter
from lms.reports.lists.service import order_list
from lms.reports.tallies.rules import span_named
from lms.reports.tallies.spans import keep_span

DONOR: Final = "Agencia donante (demostración)"
EARLIER_DONOR: Final = "Fundación que apoyó la primera edición (demostración)"
RECIPIENTS: Final = (("comision@example.org", True), ("cooperacion@example.org", False))
"""Who gets the reports, and whether they approve them."""
DAYS_AFTER: Final = 15
"""How many days after each quarter its report is prepared."""
TERM: Final = "Memorando para la capacitación (demostración)"
INTRODUCTION: Final = "Informe de demostración: las personas y las cifras son inventadas."


def write_reports(programme: Programme, coordinator: Actor, *, now: datetime) -> None:
    """Issue and send the report of the quarter in which the first cohort began, and tell of it in every other way."""
    reporting.set_schedule(programme, days_after=DAYS_AFTER, sends_itself=False, actor=coordinator, now=now)
    reporting.set_open(programme, is_open=True, licence="", actor=coordinator, now=now)
    quarter = Quarter.of(now.date() - timedelta(days=FINISHED.began_days_ago))
    for address, approves in RECIPIENTS:
        reporting.add_recipient(programme, address, is_approver=approves, actor=coordinator, now=now)
    version = service.prepare(programme, quarter, actor=coordinator, now=now)
    service.write_words(version, introduction=INTRODUCTION, remarks="")
    service.approve(version, sends_itself=True, actor=coordinator, now=now)
    _share(programme, coordinator, now)
    _keep_term(programme, coordinator, now)
    if coordinator.person_id:
        order_list(programme, "csv", person_id=coordinator.person_id, now=now)


def _share(programme: Programme, coordinator: Actor, now: datetime) -> None:
    """Make a link that opens, and one that was closed when its donor's support ended."""
    today = now.date()
    earlier = donors.share(
        programme, reader=EARLIER_DONOR, last_day=today - timedelta(days=30), actor=coordinator,
        now=now - timedelta(days=200),
    )  # fmt: skip
    donors.close(earlier, actor=coordinator, now=now - timedelta(days=45))
    donors.share(
        programme, reader=DONOR, last_day=today + timedelta(days=120), actor=coordinator,
        now=now - timedelta(days=10),
    )  # fmt: skip


def _keep_term(programme: Programme, coordinator: Actor, now: datetime) -> None:
    """Report on the term of the memorandum too, besides calendar periods: two years of whole months."""
    first = (now.date() - timedelta(days=COMMISSION.began_days_ago)).replace(day=1)
    last = first.replace(year=first.year + 2) - timedelta(days=1)
    keep_span(programme, span_named(first, last), TERM, actor=coordinator, now=now)
