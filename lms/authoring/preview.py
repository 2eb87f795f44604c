"""How a file of a draft will look: the production templates over what its text compiles to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import render_template, url_for

from lms.authoring.models import Draft
from lms.core.calendar import today
from lms.core.i18n import _l, current_language
from lms.core.places import PLACES, widen
from lms.core.text import Text
from lms.courses import rules as course_rules
from lms.courses.compiler.compile import Compilation
from lms.courses.compiler.course import Course, GlossaryEntry, Lesson, Module, Quiz, Unit
from lms.courses.compiler.languages import FOLDERS as LANGUAGE_FOLDERS
from lms.courses.compiler.pictures import media_type
from lms.courses.compiler.slugs import without_number
from lms.courses.compiler.variants import FOLDERS as PLACE_FOLDERS
from lms.courses.editions import source_paths
from lms.courses.serving import live_html
from lms.courses.tabletop import simulation_tabletop
from lms.plugins.blocks import Reader
from lms.web.sectors import SECTORS

DEVICES: Final[dict[str, Text]] = {
    "phone": _l("Teléfono"),
    "tablet": _l("Tableta"),
    "desktop": _l("Computadora"),
}
_LINK: Final = re.compile(r'href="\.\./([a-z0-9-]+/[a-z0-9-]+)(#[^"]*)?"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """As whom, from where and on what the author looks at the page."""

    sector: str = ""
    place: str = ""
    device: str = "phone"

    @property
    def reader(self) -> Reader:
        """Return the reader that the production rules know."""
        return Reader(
            today=today(),
            sector=self.sector or None,
            places=widen(self.place),
            language=current_language(),
        )

    @property
    def values(self) -> dict[str, Any]:
        """Return what of it belongs in an address."""
        return {name: value for name in ("sector", "place", "device") if (value := getattr(self, name))}


def read_look(values: Mapping[str, str]) -> Look:
    """Return the look that an address or a form asks for; what is not offered is left out."""
    sector, place, device = (values.get(name, "") for name in ("sector", "place", "device"))
    return Look(
        sector=sector if sector in SECTORS else "",
        place=place if place in PLACES else "",
        device=device if device in DEVICES else "phone",
    )


def find_unit(course: Course, path: str) -> tuple[Module, Unit] | None:
    """Return the page that a file of the draft becomes, with its module."""
    side, _slash, rest = path.partition("/")
    if side in PLACE_FOLDERS:
        return find_unit(course, rest.partition("/")[2])
    language, _slash, base = rest.partition("/")
    if side in LANGUAGE_FOLDERS and base.startswith(tuple(f"{each}/" for each in PLACE_FOLDERS)):
        return find_unit(course, f"{side}/{language}/{base.split('/', 2)[-1]}")
    folder, _slash, name = (base if side in LANGUAGE_FOLDERS else path).partition("/")
    if not name.endswith(".md") or "/" in name:
        return None
    place = (without_number(folder), without_number(name))
    if side in LANGUAGE_FOLDERS:
        return _translated(course, language, place)
    return next(
        (
            (module, unit)
            for module in course.modules
            for unit in module.units
            if (module.slug, unit.slug) == place
        ),
        None,
    )


def _translated(course: Course, language: str, place: tuple[str, str]) -> tuple[Module, Unit] | None:
    return next(
        (
            (module, each.unit)
            for each in course.translations
            for module in course.modules
            if each.language == language and (each.module_slug, each.unit_slug) == place
            if module.slug == each.module_slug
        ),
        None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A file of a draft on somebody's desk: the draft as it is, and what it compiles to."""

    draft: Draft
    files: Mapping[str, str]
    """SHA-256 of each file by path."""
    path: str
    compilation: Compilation
    look: Look

    @property
    def unit(self) -> tuple[Module, Unit] | None:
        """Return the page that the file becomes, with its module; None for another file, or one beyond repair."""
        return find_unit(self.compilation.attempt, self.path) if self.compilation.attempt else None


def render_preview(desk: Desk, answered: Mapping[str, str] | None = None) -> str:
    """Return the HTML inside the preview: a lesson, a quiz with its key, the outline, a picture, or a sentence."""
    context: dict[str, Any] = {"desk": desk, "course": desk.compilation.attempt}
    if desk.unit:
        return _with_links(_unit(desk, *desk.unit, answered or {}), desk)
    kind = _kind(desk.path)
    if kind == "glossary" and desk.compilation.attempt:
        context["glossary"] = glossary_at(desk.compilation.attempt, desk.path)
    return render_template("authoring/_preview.html", kind=kind, **context)


def _unit(desk: Desk, module: Module, unit: Unit, answered: Mapping[str, str]) -> str:
    context = {"desk": desk, "course": desk.compilation.attempt, "module": module, "unit": unit}
    if isinstance(unit, Lesson):
        reader = desk.look.reader
        parts = course_rules.show_lesson(
            unit,
            reader=reader,
            answered=course_rules.read_answer(answered),
            live=live_html(unit, reader),
        )
        here = url_for("authoring.file_page", draft_id=desk.draft.id, path=desk.path, **desk.look.values)
        return render_template(
            "authoring/_preview_lesson.html",
            lesson=unit,
            parts=parts,
            lesson_url=here,
            **context,
        )
    if isinstance(unit, Quiz):
        questions = [course_rules.reveal(each) for each in unit.questions]
        return render_template("authoring/_preview_quiz.html", quiz=unit, questions=questions, **context)
    sheet = simulation_tabletop(unit)
    return render_template("authoring/_preview_simulation.html", sheet=sheet, **context)


def _kind(path: str) -> str:
    if media_type(path):
        return "picture"
    side, _slash, rest = path.partition("/")
    if side in LANGUAGE_FOLDERS and rest.partition("/")[2] == "glosario.md":
        return "glossary"
    return {"curso.yaml": "course", "glosario.md": "glossary", "fuentes.yaml": "sources"}.get(path, "")


def glossary_at(course: Course, path: str) -> tuple[GlossaryEntry, ...]:
    """Return the glossary that a file becomes: that of the course, or in the language of its folder."""
    language = path.partition("/")[2].partition("/")[0]
    return course.glossaries.get(language, course.glossary) if "/" in path else course.glossary


def _with_links(html: str, desk: Desk) -> str:
    """Lead the links between pages to their files in the draft."""
    paths = source_paths(desk.files)

    def lead(found: re.Match[str]) -> str:
        path = paths.get(found[1])
        if path is None:
            return found[0]
        return f'href="{url_for("authoring.file_page", draft_id=desk.draft.id, path=path)}{found[2] or ""}"'

    return _LINK.sub(lead, html)
