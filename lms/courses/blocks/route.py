"""The referral route of the reader's place, drawn where the lesson speaks of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape

from lms.contacts.entries import Entry
from lms.courses.blocks.contact import FindContacts, keys_of_page, no_directory
from lms.courses.blocks.names import NAMES, ROUTE_ATTRIBUTES
from lms.courses.blocks.route_html import RouteView, route_address, route_html
from lms.courses.blocks.route_words import say
from lms.courses.compiler.diagnostics import did_you_mean
from lms.courses.compiler.referral import ANY_PROFILE, PROFILES, Route, choose_route
from lms.courses.compiler.route_codec import route_from_json
from lms.plugins.blocks import Block, BlockContext, BlockRole, Diagnostic, MarkdownBlock, Reader


class RouteBlock(MarkdownBlock):
    """`::: ruta Title {perfil=nna paso=aviso}`: the route for the place where the reader works."""

    names = NAMES["route"]
    role = BlockRole.LIVE
    attribute_names = ROUTE_ATTRIBUTES

    def __init__(self, find: FindContacts = no_directory) -> None:
        """Serve with the contacts of a directory; without one, steps are drawn without their numbers."""
        self._find = find

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report a profile that does not exist, and text inside; the steps are checked with the routes."""
        profile = block.attributes.get("profile", "")
        if profile and profile not in PROFILES:
            message = f"El perfil «{profile}» no existe.{did_you_mean(profile, PROFILES)}"
            yield context.error("R206", block.line, message)
        if block.body.strip():
            message = (
                "La ruta se lee de la carpeta «rutas» y no lleva texto: póngalo antes o después del bloque."
            )
            yield context.error("R209", block.line, message)

    def html(self, block: Block, context: BlockContext) -> str:
        """Return what stands until the routes of the course are known: a sentence, never nothing."""
        title = context.render_inline(block.title) if block.title else escape(say("route", context.language))
        return f"<p><strong>{title}</strong> {escape(say('elsewhere', context.language))}</p>"

    def data(self, block: Block, context: BlockContext) -> Mapping[str, str]:
        """Return profile, step, title and language; the compiler adds the routes of the course."""
        profile = PROFILES.get(block.attributes.get("profile", ""), ANY_PROFILE)
        return {
            "profile": profile,
            "step": block.attributes.get("step", ""),
            "title": block.title,
            "language": context.language,
        }

    def serve(self, items: Sequence[Mapping[str, str]], reader: Reader) -> list[str]:
        """Return the routes of a page for the reader's place, with the numbers of the day, in one query."""
        chosen = [_chosen(item, reader) for item in items]
        keys = {key for route in chosen if route for key in route.contacts} | keys_of_page(items)
        contacts = self._find(keys, reader.today) if keys else {}
        return [
            _served(item, route, reader, contacts) if route else ""
            for item, route in zip(items, chosen, strict=True)
        ]


def _chosen(item: Mapping[str, str], reader: Reader) -> Route | None:
    routes = _read(item.get("routes", "[]"))
    return choose_route(routes, places=reader.places, profile=item["profile"], today=reader.today)


@lru_cache(maxsize=64)
def _read(routes: str) -> tuple[Route, ...]:
    """Return the routes that a block remembers: those of a release are written once and never change."""
    return tuple(route_from_json(value) for value in json.loads(routes))


def _served(item: Mapping[str, str], route: Route, reader: Reader, contacts: Mapping[str, Entry]) -> str:
    view = RouteView(
        language=item["language"],
        address=route_address(item["course"], route.key),
        step=item["step"],
        title=item["title"],
        sector=reader.sector,
        places=reader.places,
        today=reader.today,
        contacts=contacts,
    )
    return route_html(route, view)
