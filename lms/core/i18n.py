"""Languages: Spanish first, complete English. Source strings in the code are Spanish sentences."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, has_request_context, request, session
from flask_babel import Babel, LazyString, force_locale, get_locale, gettext, lazy_gettext, ngettext
from flask_login import current_user

LANGUAGES = {"es": "Español", "en": "English"}
DEFAULT_LANGUAGE = "es"
LANGUAGE_KEY = "language"

_ = gettext
n_ = ngettext


def _l(message: str, **values: object) -> LazyString:
    """Mark a sentence for translation when it is shown, not when it is defined."""
    return lazy_gettext(message, **values)


def choose_language() -> str:
    """Return the person's choice, else the browser's, else Spanish. Jobs speak Spanish unless told otherwise."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    chosen = session.get(LANGUAGE_KEY) or getattr(current_user, "language", None)
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(list(LANGUAGES), DEFAULT_LANGUAGE) or DEFAULT_LANGUAGE


def current_language() -> str:
    """Return the language of the page being made, "es" outside a request."""
    locale = get_locale()
    return locale.language if locale else DEFAULT_LANGUAGE


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Write in this person's language inside the block: e-mails and documents have a reader of their own."""
    with force_locale(language if language in LANGUAGES else DEFAULT_LANGUAGE):
        yield


def init_i18n(app: Flask, *, timezone: str) -> None:
    """Set up Babel with the product's own catalogues."""
    Babel(
        app,
        default_locale=DEFAULT_LANGUAGE,
        default_timezone=timezone,
        default_translation_directories="translations",
        locale_selector=choose_language,
    )
