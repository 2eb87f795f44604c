"""A donor reads totals with a link until it ends, and can go nowhere else with it."""

from datetime import timedelta

import pytest

from lms.core.clock import now
from lms.institutions.programmes.queries import get_programme
from lms.reports.donors.links import sign_link
from lms.reports.frozen.links import sign_delivery
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.donors import make_donor_link
from lms.testing.factories.learning import make_cohort, make_enrolment
from tests.reports.test_views import world

__all__ = ["world"]


@pytest.fixture
def shared(world, unit):
    with unit():
        link = make_donor_link(get_programme(world["programme"].id))
        address = f"/totals/{sign_link(link.id)}"
        other = f"/totals/{sign_delivery(link.id)}"
    return {**world, "link": link, "address": address, "of_a_letter": other}


def test_a_donor_reads_totals_and_no_institution(client_for, shared, client):
    page = client.get(shared["address"])
    assert page.select(".funnel__value")[0].get_text(strip=True).startswith("34")
    rows = page.select('section[aria-labelledby="t-sectors"] tbody tr')
    assert {row.th.get_text(strip=True): row.td.get_text(strip=True) for row in rows}["Salud"] == "12"
    assert not [name for name in shared["places"] if name in page.text]
    assert not [link["href"] for link in page.select("main a") if not link["href"].startswith("#")]


def test_the_link_is_no_account_and_no_other_token(client, shared):
    client.get(shared["address"])
    token = shared["address"].rpartition("/")[2]
    for rule in client.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "donors.opened":
            continue
        if rule.arguments == {"token"}:
            assert client.raw.get(rule.build({"token": token})[1]).status_code != 200, rule.endpoint
        elif not rule.arguments and rule.rule.startswith(
            ("/reports", "/programmes", "/institutions", "/people")
        ):
            assert client.raw.get(rule.rule).status_code in {302, 303, 401, 403}, rule.endpoint
    client.get(shared["of_a_letter"], status=404)


def test_a_link_ends_with_its_day_or_when_it_is_closed(client_for, client, shared, unit, at):
    with unit():
        administrator = make_administrator()
    with at(now() + timedelta(days=91)):
        client.get(shared["address"], status=404)
    browser = client_for(administrator)
    address = f"/reports/donors/programmes/{shared['programme'].id}"
    browser.post(address, {"reader": "Agencia", "last_day": "2031-01-01"}, status=422)
    browser.post(address, {"reader": "Agencia de cooperación", "last_day": "2026-12-31"})
    assert "Agencia de cooperación" in browser.get(address).text
    assert client.get(shared["address"])
    browser.post(f"{address}/{shared['link'].id}/close")
    client.get(shared["address"], status=404)


def test_opening_a_link_again_and_again_counts_nothing_anew_until_figures_change(
    client, shared, unit, count_queries
):
    client.get(shared["address"])
    with count_queries() as again:
        client.get(shared["address"])
    assert len(again) <= 6
    with unit():
        place = shared["places"]["Secretaría de Salud"]
        cohort = make_cohort(programme=get_programme(shared["programme"].id))
        for _ in range(6):
            make_enrolment(cohort, institution=place)
    page = client.get(shared["address"])
    assert page.select(".funnel__value")[0].get_text(strip=True).startswith("40")
