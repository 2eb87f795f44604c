"""The view kit: pages and fragments, going back, messages that survive a redirect."""

from typing import Any
from urllib.parse import urlsplit

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lms.core.text import Text


def render(template: str, *, fragment: str = "", status: int = 200, **context: Any) -> ResponseReturnValue:
    """Return a page, or only its named fragment when htmx asks for it.

    ``fragment`` is a template that the page itself includes, so both are always the same HTML.
    """
    wanted = fragment if fragment and is_fragment_request() else template
    return render_template(wanted, **context), status


def is_fragment_request() -> bool:
    """Say whether htmx asks for a piece of a page."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def say(message: Text, kind: str = "success") -> None:
    """Keep a message for the next page: "success", "info", "caution" or "error"."""
    flash(str(message), kind)


def go(address: str) -> ResponseReturnValue:
    """Send the person to an address of ours after a POST (303: the browser asks with GET)."""
    return redirect(address, 303)


def is_local(address: str | None) -> bool:
    """Say whether an address stays on this site: a path, no host, no scheme, no tricks with slashes."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return False
    parts = urlsplit(address)
    return (
        not parts.scheme
        and not parts.netloc
        and "\\" not in address
        and not any(ord(c) < 32 for c in address)
    )


def next_address(default: str) -> str:
    """Return where the person wanted to go before signing in, else the default."""
    wanted = request.values.get("next")
    return wanted if wanted and is_local(wanted) else default


def page_number(name: str = "page") -> int:
    """Return the page asked for in ``?page=``, at least 1; a second list on a page has a name of its own."""
    value = request.args.get(name, "1")
    return max(1, int(value)) if value.isdecimal() and len(value) < 7 else 1
