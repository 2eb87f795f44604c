"""A contact as HTML inside a lesson: today's number, its source, and how far it is to be trusted."""

from html import escape

from lms.contacts.entries import Entry
from lms.courses.blocks.route_words import on_day, say


def number_html(entry: Entry, language: str) -> str:
    """Return the number as a link that a telephone dials, or as text when it cannot be dialled."""
    number = escape(entry.number)
    if not entry.dial:
        return f"<strong>{number}</strong>"
    call = escape(say("call", language, name=entry.name))
    return f'<a href="tel:{escape(entry.dial)}"><span class="visually-hidden">{call} </span>{number}</a>'


def standing_html(entry: Entry, language: str) -> str:
    """Return whether the number was checked, and the emergency number beside one that was not."""
    if entry.is_confirmed and entry.verified_on:
        return escape(say("verified", language, day=on_day(entry.verified_on, language)))
    is_gone = entry.is_retired and not entry.is_held
    state = escape(say("retired" if is_gone else "unconfirmed", language))
    if entry.emergency is None:
        return f"<strong>{state}</strong>"
    instead = escape(say("emergency", language, name=entry.emergency.name))
    return f"<strong>{state}</strong> {instead} {number_html(entry.emergency, language)}"


def source_html(entry: Entry, language: str) -> str:
    """Return where the number comes from."""
    word = escape(say("source", language))
    if not entry.has_web_source:
        return f"{word}: {escape(entry.source)}"
    hidden = f'<span class="visually-hidden">: {escape(entry.name)}</span>'
    return f'<a href="{escape(entry.source)}" rel="noopener noreferrer">{word}{hidden}</a>'


def inline_html(entry: Entry, language: str) -> str:
    """Return a contact in one line, for a step of a route."""
    if entry.is_held:
        return f"<small>{standing_html(entry, language)}</small>"
    number = "" if entry.is_retired else f" {number_html(entry, language)}"
    return f"{escape(entry.name)}{number} <small>{standing_html(entry, language)}</small>"
