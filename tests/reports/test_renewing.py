"""Pages that were opened lately are made anew when figures change, before somebody opens them again."""

import threading
import time
from dataclasses import replace

import pytest
from sqlalchemy import delete

from lms.app import served_from_env
from lms.core.actors import Role, ScopeKind
from lms.core.db import db, unit_of_work
from lms.plugins.reports import Column, Report
from lms.reports import renewing
from lms.reports.keeping import shelf_of
from lms.reports.opening import open_page
from lms.reports.renewing import MOST, RENEWER, WATCH_SECONDS, Renewer, opened
from lms.reports.tallies.models import CountedProgramme, Tally
from lms.reports.tallies.versions import renew
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment

LEARNING = "/reports/?report=learning-by-institution"


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.now = 1000.0
        self.passing = 0.0

    def __call__(self):
        self.now += self.passing
        return self.now


class Still(Renewer):
    """Renews when a test says so, in no thread of its own."""

    def _start(self):
        pass


class Plain(Report):
    """A table of a plugin, which counts its rows whenever they are asked for."""

    name = "plain"
    columns = (Column(name="institution", label="Institución"),)

    def rows(self, _question):
        return [("Juzgado",)]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def renewer(app, clock):
    app.extensions[RENEWER] = made = Still(app, clock=clock)
    yield made
    del app.extensions[RENEWER]


@pytest.fixture
def world(unit):
    with unit():
        cohort, place = make_cohort(), make_institution("Juzgado", sector="justice")
        enrolments = [make_enrolment(cohort, institution=place, sector="justice") for _ in range(24)]
        for enrolment in enrolments[:12]:
            make_completion(enrolment)
        reviewer = make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, cohort.programme_id)
    return {"cohort": cohort, "waiting": enrolments[12:], "reviewer": reviewer}


@pytest.fixture
def browser(client_for, world):
    return client_for(world["reviewer"])


def reads(statements, table):
    return [each for each in statements if f"{table}.enrolled" in each or f"{table}.attended" in each]


def completed(page):
    return page.select("table.table--progress tbody tr td")[2].get_text(strip=True)


def test_nothing_is_looked_after_before_a_page_was_opened(renewer):
    assert renewer.renew() == 0


def test_after_a_change_the_page_is_made_before_it_is_opened_again(
    app, renewer, browser, world, count_queries
):
    assert completed(browser.get("/reports/")) == "12"
    assert renewer.renew() == 1
    assert renewer.renew() == 0

    with app.app_context(), unit_of_work():
        make_completion(world["waiting"][0])
    assert renewer.renew() == 1
    with count_queries() as asked:
        assert completed(browser.get("/reports/")) == "13"
    assert not reads(asked, "report_tally")


def test_a_page_is_true_also_where_nobody_renewed_it_yet(app, renewer, browser, world):
    browser.get("/reports/")
    renewer.renew()
    with app.app_context(), unit_of_work():
        make_completion(world["waiting"][0])
    assert completed(browser.get("/reports/")) == "13"


def test_a_meeting_renews_the_table_of_attendance(app, renewer, browser, world, count_queries):
    browser.get(LEARNING)
    renewer.renew()
    with app.app_context(), unit_of_work():
        meeting = make_meeting(world["cohort"])
        for enrolment in world["waiting"]:
            make_mark(meeting, enrolment)
    assert renewer.renew() == 1
    with count_queries() as asked:
        assert browser.get(LEARNING).status == 200
    assert not reads(asked, "report_learned")


def test_a_page_that_nobody_opens_again_is_left(renewer, browser, clock):
    browser.get("/reports/")
    assert renewer.renew() == 1
    clock.now += WATCH_SECONDS + 1
    assert not renewer._current()
    browser.get("/reports/")
    assert renewer.renew() == 1


def test_a_table_that_a_plugin_counts_is_left_to_whoever_opens_it(app, renewer, browser):
    browser.get("/reports/")
    (opening,) = renewer._current().values()
    renewer._stop_watching()
    with app.app_context(), unit_of_work(read_only=True):
        assert opened(replace(opening, report=Plain())).table.rows == (("Juzgado",),)
    assert not renewer._current()


def test_a_programme_that_was_never_counted_is_left_to_whoever_opens_it(renewer, browser, world, unit):
    with unit():
        db.session.delete(db.session.get_one(CountedProgramme, world["cohort"].programme_id))
        db.session.execute(delete(Tally))
        renew(world["cohort"].programme_id)
    assert completed(browser.get("/reports/")) == "12"
    assert not renewer._current()


def test_a_page_that_takes_long_is_left_to_whoever_opens_it(app, renewer, browser, clock, world):
    browser.get("/reports/")
    clock.passing = 3.0
    assert renewer.renew() == 1
    assert not renewer._current()


def test_so_many_pages_are_looked_after_and_the_last_ones_stay(renewer, browser):
    for number in range(MOST + 3):
        browser.get(f"/reports/?q={number}")
    assert [each.question.words for each in renewer._current().values()] == [
        str(number) for number in reversed(range(3, MOST + 3))
    ]


@pytest.fixture
def renewing_alone(app, clock, monkeypatch):
    """Renews in a thread of its own."""
    monkeypatch.setattr(renewing, "PAUSE_SECONDS", 0.01)
    app.extensions[RENEWER] = made = Renewer(app, clock=clock)
    yield made
    del app.extensions[RENEWER]
    made._stop_watching()
    _wait_for(lambda: made._thread is None)


def test_a_thread_renews_and_ends_when_there_is_nothing_to_look_after(renewing_alone, browser, clock):
    browser.get("/reports/")
    _wait_for(lambda: renewing_alone._made)
    clock.now += WATCH_SECONDS + 1
    _wait_for(lambda: renewing_alone._thread is None)


def test_a_page_is_shown_also_by_a_process_that_may_have_no_more_threads(
    renewing_alone, browser, monkeypatch
):
    def refuse(_thread):
        message = "can't start new thread"
        raise RuntimeError(message)

    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", refuse)
        assert completed(browser.get("/reports/")) == "12"
    assert not renewing_alone._made
    browser.get("/reports/")
    _wait_for(lambda: renewing_alone._made)


def test_whoever_opens_a_page_that_is_being_made_waits_for_it(renewer, browser):
    browser.get("/reports/")
    (opening,) = renewer._current().values()
    order = []

    def read():
        browser.get("/reports/")
        order.append("read")

    with renewer._alone(renewing._key(opening)):
        reader = threading.Thread(target=read)
        reader.start()
        reader.join(timeout=0.5)
        order.append("made")
    reader.join()
    assert order == ["made", "read"]


def test_what_cannot_be_renewed_is_written_down_and_left(renewer, browser, monkeypatch, caplog):
    def fail_for_some(opening):
        if opening.report.name == "learning-by-institution":
            raise ZeroDivisionError
        return open_page(opening)

    browser.get("/reports/")
    browser.get(LEARNING)
    monkeypatch.setattr(renewing, "open_page", fail_for_some)
    assert renewer.renew() == 2
    assert "could not be renewed" in caplog.text
    assert [each.report.name for each in renewer._current().values()] == ["completion-by-institution"]
    assert renewer.renew() == 0


def test_without_a_database_nothing_is_looked_after(renewing_alone, browser, monkeypatch, caplog):
    def fail(_programme_id):
        raise ZeroDivisionError

    monkeypatch.setattr(renewing, "all_tokens_of", fail)
    browser.get("/reports/")
    _wait_for(lambda: renewing_alone._thread is None)
    assert "no longer renewed" in caplog.text
    assert not renewing_alone._current()


def test_what_changes_while_pages_are_made_is_in_the_ones_made_after_it(
    app, renewer, browser, world, monkeypatch, count_queries
):
    def make_then_change(opening):
        monkeypatch.setattr(renewing, "open_page", open_page)
        found = open_page(opening)
        change = threading.Thread(target=complete_and_read)
        change.start()
        change.join()
        return found

    def complete_and_read():
        with app.app_context(), unit_of_work():
            make_completion(world["waiting"][0])
        assert completed(browser.get("/reports/")) == "13"

    browser.get("/reports/")
    browser.get(LEARNING)
    shelf_of(app).clear()
    monkeypatch.setattr(renewing, "open_page", make_then_change)
    assert renewer.renew() == 2
    with count_queries() as asked:
        assert completed(browser.get("/reports/")) == "13"
    assert not reads(asked, "report_tally")


def test_a_process_that_serves_pages_looks_after_them(app, monkeypatch):
    monkeypatch.setattr("lms.app.from_env", lambda: app)
    monkeypatch.setattr("lms.app.gc.freeze", lambda: None)
    assert RENEWER not in app.extensions
    try:
        assert served_from_env() is app
        assert isinstance(app.extensions[RENEWER], Renewer)
    finally:
        app.extensions.pop(RENEWER, None)


def _wait_for(condition, seconds=10.0):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)
