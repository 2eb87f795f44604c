"""Months of its own on which a programme reports: named, counted by jobs, offered by the report, taken off."""

from datetime import date

import pytest

from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.db import db
from lms.core.jobs.models import Job, JobState
from lms.institutions.programmes.models import MembershipKind
from lms.institutions.programmes.queries import get_programme
from lms.institutions.programmes.service import add_member
from lms.reports.spans.rules import read_month
from lms.reports.tallies.messages import CountSpan
from lms.reports.tallies.spans import MOST_SPANS
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.agreements import make_agreement, make_parts
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.spans import make_span
from lms.testing.pytest_plugin import TODAY

UNIVERSITY = {"label": "Convenio con la universidad", "first": "2026-03", "last": "02/2028"}
REFUSED = [
    ("2026-13", "2026-12", "Escriba un mes y su año", ""),
    ("2026-05", "marzo", "Escriba un mes y su año", ""),
    ("2026-05", "2026-03", "El último mes es anterior al primero", ""),
    ("2016-05", "2026-05", "más de diez años", ""),
    ("01/2026", "12/2026", "ya son un periodo del calendario", "2026"),
    ("2026-04", "2026-06", "ya son un periodo del calendario", "2026-Q2"),
    ("2026-02", "2026-02", "ya son un periodo del calendario", "2026-02"),
    ("2026-02", "2026-08", "ya tiene un periodo propio con esos meses", "2026-02_2026-08"),
]
"""First and last month, what is said beside the field, and the period that is there already."""


@pytest.fixture
def world(unit):
    """A programme in which an institution takes part, with somebody enrolled, and who reads it for the commission."""
    with unit():
        place, cohort = make_institution("Sistema DIF", sector="protection"), make_cohort()
        make_enrolment(cohort, institution=place)
        programme = get_programme(cohort.programme_id)
        kind, day = MembershipKind.MEMBER, cohort.starts_on
        add_member(programme, place, kind=kind, starts_on=day, actor=SYSTEM, now=TODAY)
        reviewer = make_person(given_names="Comisión")
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, programme.id)
    return {"programme": programme, "place": place, "reviewer": reviewer}


def page_of(programme):
    return f"/reports/spans?programme={programme.id}"


def rows_of(page):
    return [row.th.get_text(" ", strip=True) for row in page.select("#spans tbody tr")]


def test_a_span_is_added_counted_and_asked_for(client_for, world, run_jobs):
    programme, browser = world["programme"], client_for(world["reviewer"])
    report = browser.get(f"/reports/?programme={programme.id}")
    assert report.select(f'a[href="{page_of(programme)}"]')
    assert "Ningún periodo propio" in browser.get(page_of(programme)).text
    page = browser.follow(browser.post(page_of(programme), UNIVERSITY))
    assert rows_of(page) == ["Convenio con la universidad marzo de 2026 a febrero de 2028"]
    address = f"/reports/?programme={programme.id}&period=2026-03_2028-02"
    assert page.select("#spans[hx-get] progress")
    assert not page.select(f'a[href="{address}"]')
    run_jobs()
    piece = browser.get(page_of(programme), headers={"HX-Request": "true"})
    assert not piece.select("[hx-get]")
    assert world["reviewer"].name in piece.text
    assert piece.select(f'#spans a[href="{address}"]')
    assert "1 de marzo de 2026" in browser.get(address).text


def test_months_that_are_no_span_are_refused_where_they_were_typed(client_for, world, unit, run_jobs):
    programme = world["programme"]
    with unit():
        make_span(get_programme(programme.id))
    run_jobs()
    browser = client_for(world["reviewer"])
    for first, last, sentence, known in REFUSED:
        sent = {"label": "Primer semestre", "first": first, "last": last}
        page = browser.post(page_of(programme), sent, status=422)
        assert sentence in page.errors()
        assert [field["value"] for field in page.select("#label, #first, #last")] == list(sent.values())
        links = [link["href"] for link in page.select('form a[href^="/reports/?"]')]
        assert links == ([f"/reports/?programme={programme.id}&period={known}"] if known else [])


def test_a_programme_has_twelve_spans_and_no_more(client_for, world, unit):
    programme = world["programme"]
    with unit():
        for month in range(1, MOST_SPANS + 1):
            make_span(get_programme(programme.id), date(2024, month, 1), date(2026, month, 1))
    page = client_for(world["reviewer"]).post(page_of(programme), UNIVERSITY, status=422)
    assert "Quite uno que no use" in page.errors()
    assert len(rows_of(page)) == MOST_SPANS


def test_a_span_is_taken_off_after_a_question(client_for, world, run_jobs, unit):
    programme = world["programme"]
    with unit():
        name = make_span(get_programme(programme.id))
    run_jobs()
    browser = client_for(world["reviewer"])
    address = f"/reports/spans/programmes/{programme.id}/{name}/remove"
    assert browser.get(page_of(programme)).select(f'a[href="{address}"]')
    assert "enlaces guardados" in browser.get(address).text
    page = browser.follow(browser.post(address))
    assert not page.select(f'a[href="{address}"]')
    run_jobs()
    piece = browser.get(page_of(programme), headers={"HX-Request": "true"})
    assert piece.response.headers["HX-Refresh"] == "true"
    assert rows_of(browser.get(page_of(programme))) == []
    browser.get(address, status=404)


def test_a_count_that_stopped_is_not_waited_for(client_for, world, unit):
    programme = world["programme"]
    with unit():
        make_span(get_programme(programme.id))
        db.session.query(Job).filter_by(code=CountSpan.code).one().state = JobState.DEAD
    page = client_for(world["reviewer"]).get(page_of(programme))
    assert "Interrumpido" in page.text
    assert not page.select("#spans[hx-get]")


def test_only_who_reads_the_whole_programme_names_its_spans(client_for, world, unit):
    programme = world["programme"]
    with unit():
        name = make_span(get_programme(programme.id))
        focal = make_focal_point(world["place"])
        stranger = make_person()
        give_role(stranger, Role.REVIEWER, ScopeKind.PROGRAMME, make_cohort().programme_id)
    client_for(focal).get(page_of(programme), status=403)
    assert (
        not client_for(focal).get(f"/reports/?programme={programme.id}").select('a[href^="/reports/spans"]')
    )
    other = client_for(stranger)
    other.get(page_of(programme), status=404)
    other.post(page_of(programme), UNIVERSITY, status=404)
    other.post(f"/reports/spans/programmes/{programme.id}/{name}/remove", status=404)
    other.get("/reports/spans?programme=x", status=404)


def test_the_term_of_an_agreement_fills_the_form(client_for, world, unit):
    with unit():
        agreement, place = make_agreement(get_programme(world["programme"].id)), world["place"]
        make_parts(agreement, place)
        focal, administrator = make_focal_point(place), make_administrator()
    page = f"/agreements/{agreement.id}"
    for reader in (world["reviewer"], administrator):
        browser = client_for(reader)
        (link,) = browser.get(page).select('a[href^="/reports/spans"]')
        form = browser.get(link["href"].removesuffix("#new"))
        assert [field["value"] for field in form.select("#label, #first, #last")] == [
            agreement.title, f"{agreement.starts_on:%Y-%m}", f"{agreement.ends_on:%Y-%m}",
        ]  # fmt: skip
    assert not client_for(focal).get(page).select('a[href^="/reports/spans"]')


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2026-03", date(2026, 3, 1)),
        (" 03/2026 ", date(2026, 3, 1)),
        ("3/2026", date(2026, 3, 1)),
        ("2026-00", None),
        ("1999-12", None),
        ("2101-01", None),
        ("٣/2026", None),
        ("2026", None),
        ("", None),
    ],
)
def test_a_month_is_read_as_browsers_send_it_and_as_people_type_it(written, month):
    assert read_month(written) == month
