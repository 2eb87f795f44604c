"""Addresses of static files with a fingerprint: a changed file has another address, so all may be kept."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from flask import url_for

WEB_FOLDER: Final = Path(__file__).parent
STATIC_FOLDER: Final = WEB_FOLDER / "static"
TEMPLATE_FOLDER: Final = WEB_FOLDER / "templates"
_DIGITS: Final = 10


def asset_url(filename: str) -> str:
    """Return the address of a file of the static folder with the first ten digits of its SHA-256."""
    return url_for("static", filename=filename, v=fingerprint(filename))


@cache
def fingerprint(filename: str) -> str:
    """Return the first ten hexadecimal digits of the file's SHA-256; read once per process."""
    return hashlib.sha256((STATIC_FOLDER / filename).read_bytes()).hexdigest()[:_DIGITS]
