"""Give the blocks that show a route the routes of the course: the ones to choose from, and one to print."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from lms.courses.blocks.contact import PAGE_KEYS
from lms.courses.blocks.names import NAMES
from lms.courses.blocks.route_html import RouteView, route_address, route_html
from lms.courses.compiler.clean import clean
from lms.courses.compiler.course import (
    Course,
    FlatPart,
    Lesson,
    LivePart,
    Part,
    PlacePart,
    Quiz,
    SectorPart,
    Unit,
)
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.referral import Route, choose_route
from lms.courses.compiler.route_checks import check_routes
from lms.courses.compiler.route_codec import route_to_json
from lms.courses.compiler.route_reader import ReadRoute
from lms.courses.compiler.source import SourceTree

ROUTE_BLOCK: Final = NAMES["route"][0]
CONTACT_BLOCK: Final = NAMES["contact"][0]


def add_routes(
    course: Course, found: Sequence[ReadRoute], tree: SourceTree, today: date | None, findings: Findings
) -> Course:
    """Return the course with its routes, and with each block that shows one knowing them.

    What the block keeps is all the routes, for the place of each reader is known only when the page is served. Its
    frozen HTML is the general route, or the first one: whoever prints a page gets a route that says whose it is.
    """
    check_routes(found, tree, today, findings)
    return fill_routes(course, tuple(read.route for read in found)) if found else course


def fill_routes(course: Course, routes: tuple[Route, ...]) -> Course:
    """Return the course with these routes in the place of any that it and its blocks had."""
    filler = _Filler(routes, course.slug)
    return replace(
        course,
        routes=routes,
        modules=tuple(
            replace(module, units=tuple(filler.unit(unit) for unit in module.units))
            for module in course.modules
        ),
        translations=tuple(replace(each, unit=filler.unit(each.unit)) for each in course.translations),
    )


class _Filler:
    def __init__(self, routes: Sequence[Route], slug: str) -> None:
        self._routes = routes
        self._slug = slug
        self._json = json.dumps([route_to_json(route) for route in routes], ensure_ascii=False)
        self._contacts = {key for route in routes for key in route.contacts}

    def unit(self, unit: Unit) -> Unit:
        if isinstance(unit, Quiz):
            return unit
        if isinstance(unit, Lesson):
            return self.lesson(unit)
        return replace(
            unit,
            intro=self._parts(unit.intro),
            scenes=tuple(replace(scene, parts=self._parts(scene.parts)) for scene in unit.scenes),
            endings=tuple(replace(ending, parts=self._parts(ending.parts)) for ending in unit.endings),
            closing=self._parts(unit.closing),
        )

    def lesson(self, lesson: Lesson) -> Lesson:
        parts = self._parts(lesson.parts)
        return lesson if parts is lesson.parts else replace(lesson, parts=parts)

    def _parts(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Return the parts of a page, the very same ones when it shows no route."""
        live = [flat for part in parts for flat in _flat_parts(part) if isinstance(flat, LivePart)]
        if not any(part.block == ROUTE_BLOCK for part in live):
            return parts
        own = {part.data["key"] for part in live if part.block == CONTACT_BLOCK}
        page = " ".join(sorted(own | self._contacts))
        return tuple(self._part(part, page) for part in parts)

    def _part(self, part: Part, page: str) -> Part:
        if isinstance(part, SectorPart):
            branches = tuple(replace(each, parts=self._flat(each.parts, page)) for each in part.branches)
            return replace(part, branches=branches)
        if isinstance(part, PlacePart):
            places = tuple(replace(each, parts=self._flat(each.parts, page)) for each in part.branches)
            return replace(part, branches=places)
        return self._filled(part, page)

    def _flat(self, parts: tuple[FlatPart, ...], page: str) -> tuple[FlatPart, ...]:
        return tuple(self._filled(part, page) for part in parts)

    def _filled(self, part: FlatPart, page: str) -> FlatPart:
        if not isinstance(part, LivePart) or part.block not in {ROUTE_BLOCK, CONTACT_BLOCK}:
            return part
        data = {**part.data, PAGE_KEYS: page}
        if part.block == CONTACT_BLOCK:
            return replace(part, data=data)
        data |= {"course": self._slug, "routes": self._json}
        return replace(part, data=data, html=self._frozen(data) or part.html)

    def _frozen(self, data: dict[str, str]) -> str:
        route = choose_route(self._routes, places=(), profile=data["profile"], today=date.max)
        if route is None:
            return ""
        view = RouteView(
            language=data["language"],
            address=route_address(self._slug, route.key),
            step=data["step"],
            title=data["title"],
        )
        return clean(route_html(route, view))


def _flat_parts(part: Part) -> Iterator[FlatPart]:
    if isinstance(part, SectorPart | PlacePart):
        for branch in part.branches:
            yield from branch.parts
    else:
        yield part
