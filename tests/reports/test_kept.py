"""What a worker keeps of the figures is never shown once they changed, wherever they did."""

from dataclasses import replace

import pytest

from lms.accounts import service as accounts
from lms.app import create_app
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.institutions.commission.service import change_seat
from lms.institutions.commission.values import SeatValues
from lms.institutions.directory.queries import get_institution
from lms.institutions.directory.service import change_institution
from lms.institutions.programmes.models import MembershipKind
from lms.institutions.programmes.queries import get_programme
from lms.institutions.programmes.service import add_member, set_target
from lms.reports.keeping import Shelf, shelf_of
from lms.testing.client import ReviewingClient
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def other_app(app, settings):
    """Another worker on the same database."""
    other = create_app(replace(settings))
    yield other
    with other.app_context():
        db.engine.dispose()


@pytest.fixture
def world(unit):
    with unit():
        cohort = make_cohort()
        programme, place = get_programme(cohort.programme_id), make_institution("Juzgado", sector="justice")
        add_member(
            programme, place, kind=MembershipKind.MEMBER, starts_on=cohort.starts_on, actor=SYSTEM, now=TODAY
        )  # fmt: skip
        enrolments = [make_enrolment(cohort, institution=place, sector="justice") for _ in range(12)]
        for enrolment in enrolments[:6]:
            make_completion(enrolment)
        reviewer = make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, programme.id)
    return {"programme": programme, "place": place, "waiting": enrolments[6:], "reviewer": reviewer}


def words(cells):
    return [" ".join(cell.get_text(" ").split()) for cell in cells]


def row(browser):
    """Return the only row of the page: institution, enrolled, completed, target."""
    texts = words(browser.get("/reports/").select("table.table--progress tbody tr > *"))
    return texts[0], texts[2], texts[3], texts[6]


def complete_and_fail(app, enrolment):
    with app.app_context(), unit_of_work():
        make_completion(enrolment)
        raise ZeroDivisionError


def test_a_page_shows_what_changed_here_and_in_another_worker(app, other_app, unit, world, count_queries):
    with unit():
        key = accounts.open_session(world["reviewer"], stay=False, device="", now=now())
    here, there = ReviewingClient(app, key), ReviewingClient(other_app, key)
    first = ("Juzgado", "12", "6", "80 %")
    assert row(here) == row(there) == first
    with count_queries() as again:
        assert row(here) == first
    assert not [each for each in again if "report_tally.enrolled" in each]
    assert len(shelf_of(app))
    assert len(shelf_of(other_app))

    with pytest.raises(ZeroDivisionError):
        complete_and_fail(other_app, world["waiting"][0])
    assert row(here) == row(there) == first

    with other_app.app_context(), unit_of_work():
        make_completion(world["waiting"][1])
    assert row(here) == row(there) == ("Juzgado", "12", "7", "80 %")

    with app.app_context(), unit_of_work():
        place = get_institution(world["place"].id)
        change_institution(
            place, name="Juzgado Primero", short_name="", sector="justice", territory="", actor=SYSTEM, now=TODAY
        )  # fmt: skip
        set_target(
            get_programme(world["programme"].id), place, year=TODAY.year, share=0.5, source="", actor=SYSTEM,
            now=TODAY,
        )  # fmt: skip
    assert row(here) == row(there) == ("Juzgado Primero", "12", "7", "50 %")


def test_the_matrix_shows_in_each_period_what_the_page_of_that_period_shows(client_for, world):
    browser = client_for(world["reviewer"])
    quarter = f"{TODAY:%Y}-Q{(TODAY.month + 2) // 3}"
    shares = words(browser.get("/reports/?group=matrix").select("tbody td.num strong"))
    alone = words(browser.get(f"/reports/?period={quarter}").select("tbody td.num strong"))[0]
    assert shares[(TODAY.month + 2) // 3 - 1] == alone == "50 %"


def test_the_shelf_forgets_what_nobody_asked_for_longest():
    shelf = Shelf(most=30)
    for name in "abc":
        shelf.keep(name, 1, name.upper(), 10)
    assert shelf.find("a", 1) == "A"
    assert shelf.find("a", 2) is None
    shelf.keep("d", 1, "D", 10)
    assert [shelf.find(name, 1) for name in "abcd"] == ["A", None, "C", "D"]
    shelf.keep("a", 2, "newer", 10)
    assert (shelf.find("a", 1), shelf.find("a", 2), len(shelf)) == (None, "newer", 3)
    shelf.keep("e", 1, "larger than the shelf", 99)
    assert (len(shelf), shelf.find("e", 1)) == (1, "larger than the shelf")


def test_a_seat_that_turns_out_a_guests_owes_nobody_any_more(client_for, unit, world):
    with unit():
        programme, guest = get_programme(world["programme"].id), make_institution("Organismo")
        values = SeatValues(kind=MembershipKind.MEMBER, starts_on=TODAY.date())
        seat = add_member(
            programme, guest, kind=values.kind, starts_on=values.starts_on, actor=SYSTEM, now=TODAY
        )
    browser = client_for(world["reviewer"])
    assert "de 2 instituciones" in browser.get("/reports/").select("#coverage")[0].get_text(" ", strip=True)
    with unit():
        values = replace(values, kind=MembershipKind.PERMANENT_GUEST)
        change_seat(db.session.merge(seat), values, actor=SYSTEM, now=TODAY)
    assert "de 1 institución tiene" in browser.get("/reports/").select("#coverage")[0].get_text(
        " ", strip=True
    )
