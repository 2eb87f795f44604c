"""Modules taken from a release of another course: the common trunk is written once and pinned."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from lms.courses.compiler import manifest
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Asset, Course, Lesson, Module, Quiz, Translation, Unit
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.manifest import NOTHING, Include, ModuleEntry
from lms.courses.compiler.outline import PlannedModule
from lms.courses.compiler.slugs import without_number
from lms.courses.compiler.stand_ins import change_html, questions_in

_LINK = re.compile(r'<a\b[^>]*\bhref="\.\./([^"/]+)/([^"#/]+)(?:#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)
_ENOUGH = 1e-6
"""Hours that differ by less are the same: they are written with decimals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncludedModule:
    """A compiled module of a release, with everything that its pages show."""

    module: Module
    """With its origin."""
    translations: tuple[Translation, ...] = ()
    assets: tuple[Asset, ...] = ()


class Library(Protocol):
    """Where the modules of released courses are found."""

    def find(self, course: str, number: int, module: str) -> IncludedModule | None:
        """Return a module by the slug of its course, the number of the release and its own slug."""

    def names(self) -> Collection[str]:
        """Return every module that can be included, as ``course@number/module``."""


class Joiner:
    """Puts the included modules at their places in a course."""

    def __init__(self, library: Library | None, question_places: dict[str, str], findings: Findings) -> None:
        """Look in a library; `question_places` says where each question of the course stands."""
        self._library = library
        self._question_places = question_places
        self._findings = findings
        self.assets: list[Asset] = []
        """What the included pages show."""

    def join(self, course: Course, planned: Sequence[tuple[int, PlannedModule]]) -> Course:
        """Return the course with every module that curso.yaml names, each under its number."""
        if all(plan.entry.include is None for _, plan in planned):
            return course
        own = {module.slug: module for module in course.modules}
        taken = {plan.slug: self._take(number, plan.entry) for number, plan in planned if plan.entry.include}
        found = {slug: included for slug, included in taken.items() if included is not None}
        known = own | {slug: included.module for slug, included in found.items()}
        modules = tuple(known[plan.slug] for _, plan in planned if plan.slug in known)
        places = {(module.slug, unit.slug) for module in modules for unit in module.units}
        lines = {plan.slug: plan.entry.line for _, plan in planned}
        modules = tuple(
            module if module.origin is None else self._unlinked(module, places, lines[module.slug])
            for module in modules
        )
        if len(modules) == len(planned):
            self._check_hours(course, modules)
        self.assets += [asset for included in found.values() for asset in included.assets]
        translations = [each for included in found.values() for each in included.translations]
        return replace(course, modules=modules, translations=(*course.translations, *translations))

    def _take(self, number: int, entry: ModuleEntry) -> IncludedModule | None:
        include = entry.include
        found = self._find(include, entry.line) if include and include != NOTHING else None
        if found is None:
            return None
        module = found.module
        self._check_questions(module, entry.line)
        renamed = replace(
            module,
            number=number,
            title=entry.title or module.title,
            objective=entry.objective or module.objective,
            hours=entry.hours or module.hours,
        )
        return replace(found, module=renamed)

    def _find(self, include: Include, line: int) -> IncludedModule | None:
        library = self._library
        slug = without_number(include.folder)
        found = library.find(include.course, include.number, slug) if library else None
        if found is None:
            names = library.names() if library else ()
            near = did_you_mean(f"{include.course}@{include.number}/{slug}", names)
            message = f"No hay ninguna versión publicada con el módulo «{include}».{near}"
            self._findings.error(Code.NO_INCLUDED_MODULE, manifest.PATH, line, message)
        return found

    def _check_questions(self, module: Module, line: int) -> None:
        here = f"{manifest.PATH}:{line}"
        for unit in module.units:
            for question in _questions(unit):
                place = self._question_places.setdefault(question, here)
                if place != here:
                    message = f"El id «{question}» del módulo incluido ya está en {place}: escriba otro allí."
                    self._findings.error(Code.DUPLICATE_QUESTION_ID, manifest.PATH, line, message)

    def _unlinked(self, module: Module, places: Collection[tuple[str, str]], line: int) -> Module:
        """Return the module without its links to pages that this course does not have."""
        lost: list[str] = []

        def unlink(html: str) -> str:
            def keep(link: re.Match[str]) -> str:
                if (link[1], link[2]) in places:
                    return link[0]
                lost.append(f"{link[1]}/{link[2]}")
                return link[3]

            return _LINK.sub(keep, html)

        units = tuple(_with_html(unit, unlink) for unit in module.units)
        for page in dict.fromkeys(lost):
            message = (
                f"El módulo incluido enlaza «{page}», que este curso no tiene: se deja el texto sin enlace."
            )
            self._findings.warning(Code.INCLUDED_LINK, manifest.PATH, line, message)
        return replace(module, units=units)

    def _check_hours(self, course: Course, modules: Sequence[Module]) -> None:
        total = sum(module.hours for module in modules)
        if abs(total - course.hours) > _ENOUGH:
            message = f"Los módulos suman {total:g} horas y el curso dice {course.hours:g}: iguálelas."
            self._findings.warning(Code.HOURS_DO_NOT_ADD_UP, manifest.PATH, 1, message)


def _questions(unit: Unit) -> list[str]:
    if isinstance(unit, Quiz):
        return [question.id for question in unit.questions]
    return list(questions_in(unit.parts)) if isinstance(unit, Lesson) else []


def _with_html(unit: Unit, change: Callable[[str], str]) -> Unit:
    if isinstance(unit, Lesson):
        return replace(unit, parts=tuple(change_html(part, change) for part in unit.parts))
    if isinstance(unit, Quiz):
        return replace(unit, intro_html=change(unit.intro_html))
    return unit
