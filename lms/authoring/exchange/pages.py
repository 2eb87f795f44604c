"""The pages of a course for places without our server: relative links, no forms, the look that learners know."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app
from markupsafe import Markup

from lms.authoring.exchange.addresses import Addresses, relative_links
from lms.authoring.exchange.controls import by_letter, pieces_of, units_of
from lms.authoring.exchange.keys import is_gradable, is_graded, keys_of
from lms.authoring.exchange.numbers import with_directory
from lms.core.places import place_name
from lms.courses.compiler.course import Course, Lesson, Module, Quiz, Unit
from lms.courses.compiler.kinds.lines import lines_of
from lms.courses.compiler.sectors import sectors
from lms.courses.tabletop import simulation_tabletop
from lms.web.glyphs import NAMES, sprite_of

_ICON = re.compile(r'href="#i-([a-z0-9-]+)"')
_SPRITE = "<!--sprite-->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What a kind of package puts into its pages besides the course."""

    scripts: tuple[str, ...] = ()
    """Names of files at the top of the package."""
    has_steps: bool = True
    """Whether pages lead to one another; inside another system, that system leads."""
    has_finish: bool = False
    """Whether a lesson ends with a button that tells the system around it."""
    day: date | None = None
    """As of when the directory answers for its numbers; None leaves the sentence that says where to look them up."""
    has_keys: bool = False
    """Whether quizzes travel with their keys, to be graded in the browser of a system that has no other way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A unit and what stands around it."""

    module: Module
    unit: Unit
    number: int
    """Of the unit in the course, from one; packages remember under it."""
    before: str
    """Path of the page before it, or empty."""
    after: str


class PageWriter:
    """Writes the pages of one course."""

    def __init__(self, course: Course, package: Package) -> None:
        """Write for a package; needs an application context for its templates and sentences."""
        self._course = course
        self._package = package
        self._addresses = Addresses(course)
        units = [unit for module in course.modules for unit in module.units]
        graded = sum(map(is_gradable, units)) if package.has_keys else 0
        self._totals = {"units": len(units), "graded": graded}

    def pages(self) -> dict[str, bytes]:
        """Return every page by its path in the package."""
        index = self._render("exchange/index.html", "index.html", paths=self._addresses)
        found = {"index.html": index}
        for place in self._places():
            path = self._addresses.page(place.module, place.unit)
            found[path] = self._unit(place, path)
        if self._course.glossary:
            found["glosario.html"] = self._render("exchange/glossary.html", "glosario.html")
        return found

    def _places(self) -> list[Place]:
        units = [(module, unit) for module in self._course.modules for unit in module.units]
        paths = ["", *(self._addresses.page(module, unit) for module, unit in units), ""]
        return [
            Place(module=module, unit=unit, number=index + 1, before=paths[index], after=paths[index + 2])
            for index, (module, unit) in enumerate(units)
        ]

    def _unit(self, place: Place, path: str) -> bytes:
        unit = place.unit
        module = {"position": place.module.number, "title": place.module.title}
        if isinstance(unit, Lesson):
            day = self._package.day
            lesson = with_directory(unit, day, self._course.language) if day else unit
            return self._render("exchange/lesson.html", path, place=place, lesson=lesson, module=module)
        if isinstance(unit, Quiz):
            keys = keys_of(unit) if self._package.has_keys and is_gradable(unit) else []
            return self._render("exchange/quiz.html", path, place=place, quiz=unit, module=module, keys=keys)
        sheet = Markup(simulation_tabletop(unit))  # noqa: S704 - a template of ours over sanitised parts
        return self._render(
            "exchange/simulation.html", path, place=place, unit=unit, sheet=sheet, module=module
        )

    def _render(self, template: str, path: str, **values: Any) -> bytes:
        up = "../" * path.count("/")
        context = {
            "course": self._course,
            "package": self._package,
            "totals": self._totals,
            "top": up,
            "lang": self._course.language,
            "sector_labels": sectors(self._course.language),
            "place_name": place_name,
            "lines_of": lines_of,
            "is_graded": is_graded,
            "by_letter": by_letter,
            "pieces_of": pieces_of,
            "units_of": units_of,
            **values,
        }
        html = current_app.jinja_env.get_template(template).render(context)
        icons = sorted({name for name in _ICON.findall(html) if name in NAMES})
        html = html.replace(_SPRITE, str(sprite_of(icons)), 1)
        return relative_links(html, self._addresses.assets, up).encode()
