"""A visitor in a real Chromium who reviews every page they open."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from lms.testing.axe import review_layout, review_page
from lms.testing.chromium import find_chromium, why_no_browser
from lms.testing.live import LiveServer

MISSING = why_no_browser()
HEIGHT = 860
LOOKS = 3
"""How often a page is looked at when it is replaced meanwhile."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.skipif(bool(MISSING), reason=MISSING))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = find_chromium()
    assert found is not None
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(**found.launch_options())
        yield opened
        opened.close()


@dataclass
class Visitor:
    """One person at one screen. Faults are gathered as they go; ``check`` fails with all of them."""

    page: Page
    url: str
    has_scripts: bool
    faults: list[str] = field(default_factory=list)
    reviewed: set[str] = field(default_factory=set)

    def watch(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self._complain(f"script: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def _said(self, message) -> None:
        if message.type in {"error", "warning"}:
            self._complain(f"console: {message.text}")

    def _failed(self, request) -> None:
        # A page that is left in the middle of a request of htmx, and a download, end requests without a fault.
        if request.failure != "net::ERR_ABORTED":
            self._complain(f"request: {request.url} {request.failure}")

    def _answered(self, answer) -> None:
        if answer.status >= 400:
            self._complain(f"answer: {answer.status} {answer.url}")

    def _complain(self, fault: str) -> None:
        self.faults.append(f"{self.page.url.removeprefix(self.url)}: {fault}")

    def open(self, path: str, name: str = "") -> None:
        """Go to an address of the product and review the page."""
        self.page.goto(path if path.startswith("http") else f"{self.url}{path}")
        self.review(name)

    def press(self, text: str, name: str = "") -> None:
        """Press the first button or link of the page's content that reads like this and review where it leads."""
        content = self.page.locator("main")
        target = content.get_by_role("button", name=text).or_(content.get_by_role("link", name=text)).first
        with self.page.expect_navigation():
            target.click()
        self.review(name)

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.fill(f"main [name={name}]", value)

    def choose(self, texts: Iterable[str]) -> None:
        """Choose every option on the page that reads like one of these."""
        for option in self.page.locator("main label.option").all():
            if any(text in option.inner_text() for text in texts):
                option.click()

    def says(self, text: str) -> bool:
        return text in " ".join(self.page.locator("main").inner_text().split())

    @property
    def title(self) -> str:
        return " ".join(self.page.locator("h1").inner_text().split())

    def review(self, name: str = "") -> None:
        """Review the page as it stands; pages of one name are reviewed once."""
        self.page.wait_for_load_state()
        if name and name in self.reviewed:
            return
        self.reviewed.add(name)
        for fault in self._inspect():
            self._complain(fault)

    def _inspect(self) -> list[str]:
        """Return the faults of the page; one that is replaced while it is being looked at is looked at again."""
        inspect = review_page if self.has_scripts else review_layout
        for _ in range(LOOKS - 1):
            try:
                return inspect(self.page)
            except Error:
                # A redirect that was still on its way: its page may have no element yet, or take the place of this one.
                self.page.wait_for_load_state("networkidle")
        return inspect(self.page)

    def check(self) -> None:
        """Fail with every fault of every page that was opened."""
        assert not self.faults, "\n".join(dict.fromkeys(self.faults))


@pytest.fixture
def visitors(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Return ``visitors(url, width=390, scripts=True)``: a new browser at a screen of that width."""
    opened = []

    def enter(url: str, *, width: int = 390, scripts: bool = True) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=scripts,
            color_scheme="light",
            reduced_motion="reduce",
            locale="es-MX",
            timezone_id="America/Cancun",
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        visitor = Visitor(context.new_page(), url, scripts)
        visitor.watch()
        return visitor

    yield enter
    for context in opened:
        context.close()


@pytest.fixture
def visit(visitors, live_server: LiveServer) -> Callable[..., Visitor]:
    """Return ``visit(width=390, scripts=True)``: a stranger who visits the application under test."""
    return lambda **screen: visitors(live_server.url, **screen)
