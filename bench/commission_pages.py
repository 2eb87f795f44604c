"""The other pages of a commission over a country, beside our lesson: lists, institutions, documents, totals."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from flask import url_for
from sqlalchemy import select

from bench.costs import cost
from bench.countries import Site
from bench.rows import Row, against
from bench.scene import Visit
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort
from lms.reports.donors.links import sign_link
from lms.reports.donors.models import DonorLink
from lms.reports.frozen.models import ReportVersion
from lms.reports.frozen.queries import latest_of
from lms.reports.frozen.reporting import set_open
from lms.reports.frozen.rules import Quarter
from lms.reports.frozen.sheets import sheets_of
from lms.reports.frozen.snapshot import Snapshot
from lms.reports.keeping import shelf_of
from lms.testing.factories.donors import make_donor_link
from lms.testing.factories.quarterly import make_report

TIMES = 5
TABLE = "avance-por-institucion"
"""How the name of the public file with a line for each institution ends."""
LARGE, SMALL = "Institución 0000", "Institución 0096"
"""A body with fifty institutions below it, and one at which few people work."""


def measure_pages(site: Site, lesson: Row, goal: Row) -> Iterator[Row]:
    """Give what each page costs the processor, and how many lessons that is."""
    with site.app.test_request_context(), unit_of_work():
        pages = {name: Visit(path=path, cookie=site.cookie) for name, path in _addresses().items()}
    for name, page in pages.items():
        yield from _told(f"{site.name}.page.{name}", cost(site.app, page, times=TIMES), lesson, goal)
    first = cost(site.app, pages["donor"], before=shelf_of(site.app).clear, times=TIMES)
    yield from _told(f"{site.name}.page.donor.new-worker", first, lesson, goal)


def _told(name: str, milliseconds: float, lesson: Row, goal: Row) -> Iterator[Row]:
    yield against(name, milliseconds, "ms", lesson)
    yield against(f"{name}.lessons", milliseconds / lesson.value, "lessons", goal)


def _addresses() -> Mapping[str, str]:
    programme = db.session.scalars(select(Programme)).one()
    cohort = db.session.scalars(select(Cohort.id).order_by(Cohort.starts_on)).first()
    link = db.session.scalars(select(DonorLink)).first() or make_donor_link(programme)
    version = _published(programme)
    sheets = (name for name, *_table in sheets_of(Snapshot.from_plain(version.data)))
    table = next(name for name in sheets if name.endswith(TABLE))
    return {
        "institutions": url_for("directory.index"),
        "institution.large": _institution(LARGE),
        "institution.small": _institution(SMALL),
        "people": url_for("people.index"),
        "people.search": url_for("people.index", q="0014"),
        "calls": url_for("reports.whom_to_call"),
        "cohorts": url_for("cohorts.index"),
        "cohort": url_for("cohorts.cohort_page", cohort_id=cohort),
        "register": url_for("certificates.register", cohort_id=cohort),
        "agreements": url_for("agreements.index"),
        "targets": url_for("targets.index", programme_id=programme.id),
        "donor": url_for("donors.opened", token=sign_link(link.id)),
        "open-data": url_for("quarterly_letters.open_data", code=programme.code),
        "open-data.csv": url_for(
            "quarterly_letters.open_file", code=programme.code, name=table, ending="csv"
        ),
    }


def _institution(name: str) -> str:
    key: UUID = db.session.scalars(select(Institution.id).where(Institution.name == name)).one()
    return url_for("directory.institution_page", institution_id=key)


def _published(programme: Programme) -> ReportVersion:
    """Return the public figures; those of the quarter that was over last are published if none are."""
    version = latest_of(programme.id)
    if version is None:
        version = make_report(programme, Quarter.of(now().date()).previous)
        set_open(programme, is_open=True, licence="", actor=SYSTEM, now=now())
    return version
