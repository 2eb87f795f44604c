"""Addresses for e-mails, QR codes and documents, where no request says which host we are."""

from urllib.parse import urlsplit

from flask import current_app

from lms.core.context import current_settings


def absolute_url(endpoint: str, **values: object) -> str:
    """Return the full address of an endpoint under the installation's public address."""
    base = current_settings().public_url
    adapter = current_app.url_map.bind(urlsplit(base).netloc, url_scheme=urlsplit(base).scheme)
    return base + str(adapter.build(endpoint, values, force_external=False))


def path_to(endpoint: str, **values: object) -> str:
    """Return the address of an endpoint within the site, also where no request is being answered."""
    return str(current_app.url_map.bind("localhost").build(endpoint, values))


def short_address(path: str = "") -> str:
    """Return the public address without its scheme, to be read aloud or typed."""
    return urlsplit(current_settings().public_url).netloc + path
