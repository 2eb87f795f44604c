"""Somebody at a browser without scripts: opens pages, follows links, fills in the forms that the pages hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from bs4 import Tag

from lms.testing.client import Page, ReviewingClient


@dataclass
class Walker:
    """One person's way through the product; every page on it is reviewed."""

    client: ReviewingClient
    page: Page | None = None

    def open(self, path: str, *, status: int = 200) -> Page:
        """Open an address, of an e-mail too, and follow redirects as a browser does."""
        parts = urlsplit(path)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        response = self.client.raw.get(target, follow_redirects=True)
        assert response.status_code == status, f"{target}: {response.status_code}"
        self.page = self.client.get(response.request.full_path.rstrip("?"), status=status)
        return self.page

    def follow(self, text: str) -> Page:
        """Follow the first link that reads like this."""
        links = [tag for tag in self.page.select("main a[href]") if text in said(tag)]
        assert links, f"«{text}» is no link of «{self.page.title}»"
        return self.open(str(links[0]["href"]))

    def submit(self, button: str, values: Mapping[str, object] | None = None, *, status: int = 303) -> Page:
        """Fill in the form that has this button and send it; a redirect is followed."""
        form, pressed = self._form(button)
        data = fields_of(form)
        if pressed.get("name"):
            data[str(pressed["name"])] = [str(pressed.get("value", ""))]
        known = {*(str(tag["name"]) for tag in form.select("[name]"))}
        for name, value in (values or {}).items():
            assert name in known, f"«{name}» is no field of «{self.page.title}»: {sorted(known)}"
            data[name] = value if isinstance(value, list) else [value]
        action = str(form.get("action") or self.page.response.request.full_path)
        if str(form.get("method")).lower() == "get":
            query = "&".join(f"{name}={value}" for name, each in data.items() for value in each)
            return self.open(f"{action}?{query}")
        response = self.client.raw.post(action, data=data)
        self.page = self.client._page(response, status)
        return self.open(self.page.location) if status == 303 else self.page

    def _form(self, button: str) -> tuple[Tag, Tag]:
        for form in self.page.select("form"):
            for tag in form.select("button"):
                if button in said(tag):
                    return form, tag
        pytest.fail(f"«{button}» is no button of «{self.page.title}»: {self.page.text[:800]}")


def said(tag: Tag) -> str:
    return " ".join(f"{tag.get_text(' ', strip=True)} {tag.get('aria-label', '')}".split())


def fields_of(form: Tag) -> dict[str, list[object]]:
    """Return what a browser would send if nothing were changed."""
    data: dict[str, list[object]] = {}
    for tag in form.select("input[name], select[name], textarea[name]"):
        kind, name = tag.get("type", "text"), str(tag["name"])
        if kind in {"checkbox", "radio"} and not tag.has_attr("checked"):
            continue
        if kind in {"submit", "file"}:
            continue
        if tag.name == "select":
            chosen = tag.select("option[selected]") or tag.select("option")[:1]
            data.setdefault(name, []).extend(str(option.get("value", "")) for option in chosen)
        elif tag.name == "textarea":
            data.setdefault(name, []).append(tag.get_text())
        else:
            data.setdefault(name, []).append(str(tag.get("value", "on" if kind == "checkbox" else "")))
    return data


def csv_file(text: str, name: str = "archivo.csv") -> tuple[BytesIO, str]:
    """Return a file as a form sends it, the way offices save it: with a mark at the beginning."""
    return BytesIO(text.encode("utf-8-sig")), name


@pytest.fixture
def attach():
    return csv_file


@pytest.fixture
def walk(app, client_for):
    """Return ``walk(person=None)``: somebody at a browser, signed in when a person is given."""
    return lambda person=None: Walker(client_for(person) if person else ReviewingClient(app))
