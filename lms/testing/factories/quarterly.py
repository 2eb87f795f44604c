"""Quarterly reports for tests: an issued one whose files are a few bytes."""

from datetime import timedelta

from lms.accounts.models import Person
from lms.certificates.credentials.service import Sealed
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.institutions.programmes.models import Programme
from lms.reports.frozen import queries
from lms.reports.frozen.links import sign_delivery
from lms.reports.frozen.models import ReportVersion
from lms.reports.frozen.reporting import add_recipient, set_open
from lms.reports.frozen.rules import Quarter
from lms.reports.frozen.sending import send_to_all
from lms.reports.frozen.service import approve, keep_files, prepare

FILES = {"xlsx": b"PK", "zip": b"PK"}


def make_report(programme: Programme, quarter: Quarter | None = None) -> ReportVersion:
    """Make an issued report of the quarter of now, its files unread."""
    version = prepare(programme, quarter or Quarter.of(now().date()), actor=SYSTEM, now=now())
    approve(version, sends_itself=False, actor=SYSTEM, now=now())
    keep_files(version, FILES, pdf=Sealed(content=b"%PDF-1.7"), now=now())
    return version


def report_places(programme: Programme, reader: Person) -> dict[str, object]:
    """Make a report that was sent to a person, and figures that are public; return values for addresses."""
    version = make_report(programme)
    add_recipient(programme, reader.email or "", is_approver=False, actor=SYSTEM, now=now())
    send_to_all(version, actor=SYSTEM, now=now() - timedelta(minutes=1))
    delivery = queries.list_sent(version.id)[0].delivery
    other = add_recipient(
        programme, f"{programme.code}@example.org", is_approver=False, actor=SYSTEM, now=now()
    )
    set_open(programme, is_open=True, licence="", actor=SYSTEM, now=now())
    return {
        "report_version_id": version.id,
        "report_form": "pdf",
        "delivery_id": delivery.id,
        "recipient_id": other.id,
        "report_token": sign_delivery(delivery.id),
        "open_code": programme.code,
        "open_name": "hallazgos",
    }
