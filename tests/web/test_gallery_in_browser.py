"""The gallery in a real browser: axe, width, colour schemes, no complaint of the policy."""

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from lms.testing.chromium import MISSING, find_chromium

CHROMIUM = find_chromium()
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason=MISSING)]


@pytest.fixture(scope="module")
def address(look_app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, look_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(**CHROMIUM.launch_options())
        yield opened
        opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_the_gallery_is_accessible_and_fits(address, browser, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}/gallery")
    page.click(".menu > summary")
    results = Axe().run(page)
    assert [violation["id"] for violation in results.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
    context.close()


@pytest.mark.parametrize(("system", "chosen"), [("light", "dark"), ("dark", "light")])
def test_a_choice_by_hand_wins_over_the_system(address, browser, system, chosen):
    context = browser.new_context(color_scheme=system)
    page = context.new_page()
    page.goto(f"{address}/gallery?appearance={chosen}")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == chosen
    context.close()


def test_a_bar_is_as_long_as_its_number(address, browser):
    page = browser.new_page()
    page.goto(f"{address}/gallery")
    width = "getComputedStyle(document.querySelector('.bar[data-v]'), '::before').inlineSize"
    whole = "getComputedStyle(document.querySelector('.bar[data-v]')).inlineSize"
    share = page.evaluate(f"parseFloat({width}) / parseFloat({whole})")
    assert share == pytest.approx(0.64, abs=0.005)
    page.close()
