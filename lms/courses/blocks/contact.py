"""A number of the directory: a lesson names it by its key and shows what the directory says today."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Final

from lms.contacts.entries import Entry
from lms.courses.blocks.contact_html import number_html, source_html, standing_html
from lms.courses.blocks.names import NAMES
from lms.courses.blocks.route_words import say
from lms.plugins.blocks import Block, BlockContext, BlockRole, Diagnostic, MarkdownBlock, Reader, icon

FindContacts = Callable[[Collection[str], date], Mapping[str, Entry]]
"""Returns the contacts of some keys as of a day, in one query."""
DIRECTORY: Final = "/contacts/"
PAGE_KEYS: Final = "page"
"""Where a block remembers the contacts of its whole page; the compiler writes it on pages with a route."""
_KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def no_directory(_keys: Collection[str], _today: date) -> Mapping[str, Entry]:
    """Return nothing: where there is no database, the frozen HTML says where the number is."""
    return {}


def keys_of_page(items: Iterable[Mapping[str, str]]) -> set[str]:
    """Return the contacts that the other blocks of the page will ask for, so that one query answers them all."""
    return {key for item in items for key in item.get(PAGE_KEYS, "").split()}


class ContactBlock(MarkdownBlock):
    """`::: contacto mx-911 Title`: today's number with its source and the day it was checked."""

    names = NAMES["contact"]
    role = BlockRole.LIVE
    takes_argument = True

    def __init__(self, find: FindContacts = no_directory) -> None:
        """Serve from a directory; without one, every number is looked up by its reader."""
        self._find = find

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report a missing key, one that cannot be a key, and text inside."""
        if not block.argument:
            message = (
                "Falta la clave del contacto: escríbala después de «contacto», como «::: contacto mx-911»."
            )
            yield context.error("R205", block.line, message)
        elif not _KEY.fullmatch(block.argument):
            message = (
                f"«{block.argument}» no puede ser una clave: use minúsculas sin tilde, cifras y guiones."
            )
            yield context.error("R205", block.line, message)
        if block.body.strip():
            message = (
                "El contacto se lee del directorio y no lleva texto: póngalo antes o después del bloque."
            )
            yield context.error("R209", block.line, message)

    def html(self, block: Block, context: BlockContext) -> str:
        """Return the box for whoever cannot ask the directory: never a number that may be old."""
        title = context.render_inline(block.title) if block.title else escape(block.argument)
        look_up = escape(say("look-up", context.language))
        name = escape(say("directory", context.language))
        link = f'<a href="{DIRECTORY}#{escape(block.argument)}">{name}</a>'
        return _box(title, f"<p>{look_up} {link}</p>")

    def data(self, block: Block, context: BlockContext) -> Mapping[str, str]:
        """Return the key, the title and the language of the lesson."""
        return {"key": block.argument, "title": block.title, "language": context.language}

    def serve(self, items: Sequence[Mapping[str, str]], reader: Reader) -> list[str]:
        """Return today's boxes of a page; one whose contact nobody knows keeps its frozen HTML."""
        keys = {item["key"] for item in items}
        found = self._find(keys | keys_of_page(items), reader.today)
        return [_served(item, found.get(item["key"])) for item in items]


def _served(item: Mapping[str, str], entry: Entry | None) -> str:
    if entry is None:
        return ""
    language = item["language"]
    if entry.is_held:
        title = item["title"] or say("held", language)
        return _box(escape(title), f"<p>{standing_html(entry, language)}</p>")
    hours = f" <small>{escape(entry.hours)}</small>" if entry.hours else ""
    number = "" if entry.is_retired else f"<p>{number_html(entry, language)}{hours}</p>"
    note = f"<p>{escape(entry.note)}</p>" if entry.note else ""
    trust = f"<p><small>{standing_html(entry, language)} {source_html(entry, language)}</small></p>"
    return _box(escape(item["title"] or entry.name), f"{number}{note}{trust}")


def _box(title: str, body: str) -> str:
    drawing = f'<span class="callout__icon">{icon("phone-call")}</span>'
    head = f'<p class="callout__title"><strong>{title}</strong></p>'
    return (
        f'<div class="callout" data-kind="local">{drawing}<div class="callout__body">{head}{body}</div></div>'
    )
