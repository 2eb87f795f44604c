"""The reviewing client: a test client that reads every page as a strict reviewer would."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import uuid4

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

LABELLED = "input:not([type=hidden]):not([type=submit]), select, textarea"


class ClosingClient(FlaskClient):
    """A test client that closes what it sent: a large upload travels in a temporary file that nobody else closes."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request, and close its body once it was answered."""
        response = super().open(*args, **kwargs)
        for answer in (*response.history, response):
            answer.request.environ["wsgi.input"].close()
        return response


class PageRefused(AssertionError):
    """A page breaks a rule of the house; the message says which and where."""


@dataclass(frozen=True)
class Page:
    """An answer with its parsed HTML."""

    response: TestResponse
    soup: BeautifulSoup

    @property
    def status(self) -> int:
        """Return the HTTP status."""
        return self.response.status_code

    @property
    def title(self) -> str:
        """Return the text of the only h1."""
        heading = self.soup.find("h1")
        return heading.get_text(" ", strip=True) if heading else ""

    @property
    def text(self) -> str:
        """Return all text that a person reads, with single spaces."""
        return " ".join(self.soup.get_text(" ").split())

    @property
    def location(self) -> str:
        """Return where a redirect leads."""
        return self.response.headers.get("Location", "")

    def select(self, css: str) -> list[Tag]:
        """Return the elements of a CSS selector."""
        return list(self.soup.select(css))

    def errors(self) -> str:
        """Return the sentences beside the fields."""
        return " ".join(tag.get_text(" ", strip=True) for tag in self.select(".field__error"))


class ReviewingClient:
    """Fetches pages as one person and fails on ids used twice, a missing h1, unlabelled fields, inline code."""

    def __init__(self, app: Flask, session_key: str = "") -> None:
        """Open a browser, signed in when a session key is given."""
        self.app = app
        self.raw: FlaskClient = ClosingClient(app, app.response_class)
        self._csrf = uuid4().hex
        with self.raw.session_transaction() as session:
            session["csrf_token"] = self._csrf
            if session_key:
                session.update(_user_id=session_key, _fresh=True)

    def get(self, path: str, *, status: int = 200, **kwargs: Any) -> Page:
        """Fetch a page and review it; fails on another status."""
        return self._page(self.raw.get(path, **kwargs), status)

    def post(
        self, path: str, data: Mapping[str, Any] | None = None, *, status: int = 303, **kwargs: Any
    ) -> Page:
        """Send a form with its CSRF token and review the answer; fails on another status."""
        values = {"csrf_token": self.csrf_token(), **(data or {})}
        return self._page(self.raw.post(path, data=values, **kwargs), status)

    def follow(self, page: Page) -> Page:
        """Fetch the page that a redirect leads to."""
        return self.get(page.location)

    def csrf_token(self) -> str:
        """Return a token as the page's forms carry it."""
        with self.raw.session_transaction() as session:
            raw = session.setdefault("csrf_token", self._csrf)
        return str(URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token").dumps(raw))

    def _page(self, response: TestResponse, status: int) -> Page:
        is_html = response.mimetype == "text/html"
        page = Page(response, BeautifulSoup(response.get_data() if is_html else b"", "html.parser"))
        if response.status_code != status:
            message = (
                f"{response.request.path}: {response.status_code} instead of {status}: {page.text[:600]}"
            )
            raise PageRefused(message)
        if is_html and status < 300 and response.request.headers.get("HX-Request") != "true":
            review(response.request.path, page)
        return page

    def __enter__(self) -> Self:
        """Return the client, for ``with``."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""


def review(path: str, page: Page) -> None:
    """Fail with every fault of a page: what a strict colleague would say in review."""
    faults = [*_id_faults(page), *_heading_faults(page), *_field_faults(page), *_code_faults(page)]
    if faults:
        message = f"{path}: " + "; ".join(faults)
        raise PageRefused(message)


def _id_faults(page: Page) -> list[str]:
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    return [
        f"id «{name}» is used {ids.count(name)} times"
        for name in sorted({i for i in ids if ids.count(i) > 1})
    ]


def _heading_faults(page: Page) -> list[str]:
    count = len(page.select("h1"))
    title = page.soup.find("title")
    faults = [f"{count} h1 instead of one"] if count != 1 else []
    return faults if title and title.get_text(strip=True) else [*faults, "no title"]


def _field_faults(page: Page) -> list[str]:
    labels = {str(tag["for"]) for tag in page.select("label[for]")}
    faults = []
    for tag in page.select(LABELLED):
        named = tag.get("aria-label") or tag.get("aria-labelledby") or tag.find_parent("label")
        if not named and tag.get("id") not in labels:
            faults.append(f"field «{tag.get('name')}» has no label")
    faults += ["a form without a method" for form in page.select("form") if not form.get("method")]
    return faults


def _code_faults(page: Page) -> list[str]:
    scripts = page.select('script:not([type="application/json"])')
    inline = [tag for tag in scripts if not tag.get("src")]
    styled = page.select("[style]")
    handlers = [
        tag for tag in page.soup.find_all(True) if any(str(name).startswith("on") for name in tag.attrs)
    ]
    faults = []
    if inline or styled or handlers:
        faults.append(f"inline code: {len(inline)} scripts, {len(styled)} styles, {len(handlers)} handlers")
    return faults
