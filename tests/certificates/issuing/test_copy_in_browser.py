"""The public link in a real browser: copied with one click, or followed where no script runs."""

import pytest
from playwright.sync_api import sync_playwright

from lms.accounts import service as accounts
from lms.testing.chromium import MISSING, find_chromium
from lms.testing.factories.accounts import PASSWORD, make_person
from lms.testing.factories.certificates import make_certificate

CHROMIUM = find_chromium()
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason=MISSING)]


@pytest.fixture
def certificate(live_server, unit):
    with unit():
        person = make_person(email="marisol@example.org")
        accounts.set_password(person, PASSWORD, now=person.created_at)
        return make_certificate(person=person)


@pytest.fixture
def open_page(live_server, certificate):
    """Return ``open_page(…)``: the holder's page of the certificate, after signing in."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM.launch_options())

        def opened(**options):
            page = browser.new_context(locale="es-MX", **options).new_page()
            page.goto(f"{live_server.url}/account/sign-in?next=/certificates/{certificate.id}")
            page.fill("#email", "marisol@example.org")
            page.fill("#password", PASSWORD)
            page.press("#password", "Enter")
            page.wait_for_url(f"**/certificates/{certificate.id}")
            return page

        yield opened
        browser.close()


def test_one_click_copies_the_public_address(open_page, live_server, certificate):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copiar enlace público").click()
    page.get_by_role("button", name="Enlace copiado").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{live_server.url}/v/{certificate.code}"


def test_without_script_the_link_leads_to_the_public_page(open_page):
    page = open_page(java_script_enabled=False)
    page.get_by_role("link", name="Abrir enlace público").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Certificado auténtico"
