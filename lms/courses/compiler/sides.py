"""What stands beside the pages of a course: files that are compiled once, as long as they and the page are the same."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from lms.courses.compiler.cache import Shelf, Steps
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Course, Lesson, Module, Quiz, Simulation, Unit
from lms.courses.compiler.languages import FOLDERS as LANGUAGE_FOLDERS
from lms.courses.compiler.outline import PlannedModule, PlannedUnit
from lms.courses.compiler.question_builder import PlannedQuestion
from lms.courses.compiler.source import SourceTree
from lms.courses.compiler.stand_ins import only_asking, questions_in
from lms.courses.compiler.variants import FOLDERS as PLACE_FOLDERS
from lms.courses.compiler.variants import VariantCompiler, Variants, plan_variants

SIDE_FOLDERS = tuple(f"{folder}/" for folder in (*PLACE_FOLDERS, *LANGUAGE_FOLDERS))
Asked = list[tuple[str, PlannedQuestion]]
"""Questions with the files in which they stand."""
_Value = TypeVar("_Value")


def without_held_back(course: Course) -> Course:
    """Return the course whose translations have no page and no question that the course itself does not have."""
    units = {(module.slug, unit.slug): unit for module in course.modules for unit in module.units}
    kept = []
    for each in course.translations:
        unit = units.get((each.module_slug, each.unit_slug))
        if isinstance(unit, Quiz) and isinstance(each.unit, Quiz):
            known = {question.id for question in unit.questions}
            questions = tuple(question for question in each.unit.questions if question.id in known)
            quiz = replace(each.unit, questions=questions, pool=unit.pool)
            kept.append(replace(each, unit=quiz))
        elif isinstance(unit, Lesson) and isinstance(each.unit, Lesson):
            asked = questions_in(unit.parts)
            parts = tuple(found for part in each.unit.parts if (found := only_asking(part, asked)))
            kept.append(replace(each, unit=replace(each.unit, parts=parts)))
        elif isinstance(unit, Simulation) and isinstance(each.unit, Simulation):
            kept.append(each)
    return replace(course, translations=tuple(kept))


class Sides:
    """Compiles what belongs to pages and stands elsewhere."""

    def __init__(
        self, tree: SourceTree, planned: Sequence[PlannedModule], steps: Steps, shelf: Shelf
    ) -> None:
        """Work on the files of a course; what did not change since it went on the shelf is taken from there."""
        self.tree = tree
        self.units = {unit.page.path: unit for module in planned for unit in module.units}
        self.steps = steps
        self._shelf = shelf
        self.variants: Variants = plan_variants(tree, self.units, steps.findings)

    def widen(self, modules: Sequence[Module], compiler: VariantCompiler) -> tuple[tuple[Module, ...], Asked]:
        """Return the modules whose lessons have the branches of their variants, and the questions in these."""
        asked: Asked = []
        places = {(unit.place.module_slug, unit.place.unit_slug): unit for unit in self.units.values()}

        def widened(module: Module, unit: Unit) -> Unit:
            planned = places[module.slug, unit.slug]
            if not isinstance(unit, Lesson) or planned.page.path not in self.variants:
                return unit
            lesson, questions = self._widen(planned, unit, compiler)
            asked.extend(questions)
            return lesson

        found = tuple(
            replace(module, units=tuple(widened(module, unit) for unit in module.units)) for module in modules
        )
        return found, asked

    def _widen(self, planned: PlannedUnit, lesson: Lesson, compiler: VariantCompiler) -> tuple[Lesson, Asked]:
        variants = self.variants[planned.page.path]
        paths = [variant.path for variant in variants]
        work = self.take(planned.page.path, paths, lambda: compiler.widen(planned, lesson, variants))
        return (lesson, []) if work is None else work

    def take(self, base: str, paths: Sequence[str], work: Callable[[], _Value]) -> _Value | None:
        """Return what the first of the files beside a page comes to; it depends on the bytes of all and of the page."""
        key = tuple(self.tree.files[path].content for path in (base, *paths))
        try:
            return self.steps.take(self._shelf, paths[0], key, work)
        except Exception as problem:  # noqa: BLE001 - one file must not hide the problems of the others
            message = f"El archivo no se pudo convertir ({type(problem).__name__}): simplifique lo último que cambió."
            self.steps.findings.error(Code.NOT_CONVERTED, paths[0], 1, message)
            return None
