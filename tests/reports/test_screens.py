"""What the commission's page offers besides figures: the way to institutions, and out of empty filters."""

from datetime import timedelta

from lms.core.actors import SYSTEM
from lms.institutions.programmes.queries import get_programme
from lms.reports.tallies.spans import keep_span
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.donors import make_donor_link
from lms.testing.factories.institutions import make_focal_point
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY
from tests.reports.test_views import world

__all__ = ["world"]


def test_names_lead_to_the_institutions_that_the_reader_may_open(client_for, world, unit):
    health = world["places"]["Secretaría de Salud"]
    with unit():
        person = make_focal_point(health)
    for reader in (world["reviewer"], person):
        browser = client_for(reader)
        links = browser.get("/reports/").select("table.table--progress tbody th a")
        assert f"/institutions/{health.id}" in [link["href"] for link in links]
        for link in links:
            assert browser.get(link["href"]).select("h1")[0].get_text() == link.get_text()


def test_a_filter_that_finds_nothing_says_so_and_how_to_take_it_off(client_for, world):
    browser = client_for(world["reviewer"])
    page = browser.get("/reports/?period=2026&q=zzzz&sector=health")
    assert (
        page.select(".empty h2, .empty-state h2, main h2")[0].get_text() == "Nada coincide con estos filtros"
    )
    (out,) = [link["href"] for link in page.select("main a.button") if "Quitar filtros" in link.get_text()]
    assert browser.get(out).select("table.table--progress tbody tr")


def test_the_seats_that_have_enough_people_are_said_of_all_sectors_together(client_for, world):
    browser = client_for(world["reviewer"])
    assert browser.get("/reports/").select("#coverage")
    assert not browser.get("/reports/?sector=health").select("#coverage")


def test_a_donors_link_is_closed_after_a_question(client_for, world, unit, client):
    with unit():
        make_donor_link(get_programme(world["programme"].id))
        admin = make_administrator()
    browser, path = client_for(admin), f"/reports/donors/programmes/{world['programme'].id}"
    listed = browser.get(path)
    (address,) = [link["data-copy"] for link in listed.select("a[data-copy]")]
    address = address[address.index("/totals/") :]
    (close,) = [link["href"] for link in listed.select("main td a") if link["href"].endswith("/close")]
    assert "¿Cerrar el enlace" in browser.get(close).text
    assert client.get(address).select("h1")
    browser.post(close)
    client.get(address, status=404)


def test_few_who_complete_in_a_later_month_than_they_enrolled_in_stay_hidden(
    client_for, world, unit, at, run_jobs
):
    places, counts = (
        world["places"],
        {"Secretaría de Salud": (9, 4), "Fiscalía General": (9, 7), "Sistema DIF": (9, 6)},
    )
    with at(TODAY - timedelta(days=70)), unit():
        cohort = make_cohort(programme=get_programme(world["programme"].id))
        waiting = [
            enrolment
            for name, (enrolled, completed) in counts.items()
            for enrolment in [make_enrolment(cohort, institution=places[name]) for _ in range(enrolled)][
                :completed
            ]
        ]
    with at(TODAY - timedelta(days=40)), unit():
        for enrolment in waiting:
            make_completion(enrolment)
    name_months(world, unit, run_jobs, "2026-09_2026-10")
    browser = client_for(world["reviewer"])
    for period in ("2026-09_2026-10", "all"):
        page = browser.get(f"/reports/?period={period}")
        rows = {row.th.get_text(): row.select("td") for row in page.select("table.table--progress tbody tr")}
        shown = {name: rows[name][2].get_text(strip=True) for name in counts}
        assert "4" not in shown.values()
    page = browser.get("/reports/?period=2026-09_2026-10")
    rows = {row.th.get_text(): row.select("td") for row in page.select("table.table--progress tbody tr")}
    shown = {name: rows[name][2].get_text(strip=True) for name in counts}
    assert shown["Secretaría de Salud"] == "protegido"
    assert sum(text.isdecimal() for text in shown.values()) < 2


def name_months(world, unit, run_jobs, name):
    """Let the programme report on months of its own, and count them."""
    with unit():
        keep_span(get_programme(world["programme"].id), name, "Convenio", actor=SYSTEM, now=TODAY)
    run_jobs()


def test_months_of_ones_own_are_chosen_by_their_name(client_for, world, unit, run_jobs):
    name_months(world, unit, run_jobs, "2026-03_2026-12")
    browser = client_for(world["reviewer"])
    page = browser.get("/reports/?from=2026-03&to=2026-12&sector=health")
    (chosen,) = page.select("#f-period option[selected]")
    assert (chosen["value"], chosen.get_text()) == (
        "2026-03_2026-12",
        "Convenio (marzo de 2026 a diciembre de 2026)",
    )
    assert page.select("#f-sector option[selected]")[0]["value"] == "health"
    assert not page.select("[role=status]")
    assert [row.th.get_text() for row in page.select("table.table--progress tbody tr")] == [
        "Secretaría de Salud"
    ]


def test_months_that_nobody_counts_are_answered_by_the_year_which_says_so(client_for, world):
    browser = client_for(world["reviewer"])
    for asked in ("from=2026-03&to=2026-11", "from=2026-03", "period=2026-03_2026-11", "period=2031"):
        page = browser.get(f"/reports/?{asked}&sector=health&basis=now")
        assert page.select("#f-period option[selected]")[0]["value"] == "2026"
        assert page.select("#f-sector option[selected]")[0]["value"] == "health"
        assert page.select("#f-basis option[selected]")[0]["value"] == "now"
        assert "Esos meses no se cuentan por separado" in page.select("[role=status]")[0].get_text()
    for asked in ("from=2026-01&to=2026-12", "from=&to=", "period="):
        assert not browser.get(f"/reports/?{asked}").select("[role=status]")
    assert browser.get("/reports/?from=2026-10&to=2026-12").select("#f-period option[selected]")[0][
        "value"
    ] == ("2026-Q4")
