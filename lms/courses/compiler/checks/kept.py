"""What learners have opened and answered keeps its name from one release to the next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lms.courses.compiler import manifest
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import (
    Course,
    Lesson,
    PlacePart,
    Question,
    QuestionPart,
    Quiz,
    SectorPart,
    Unit,
)
from lms.courses.compiler.diagnostics import Diagnostic, Findings, did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names by which the records of learners know the contents of a course."""

    pages: frozenset[str] = field(default_factory=frozenset)
    """Addresses, as in `marco/definicion`."""
    questions: frozenset[str] = field(default_factory=frozenset)
    """Ids of the scored questions."""


def names_of(course: Course) -> Names:
    """Return the names that a compiled course gives."""
    return Names(
        pages=frozenset(f"{module.slug}/{unit.slug}" for module in course.modules for unit in module.units),
        questions=frozenset(
            question.id
            for module in course.modules
            for unit in module.units
            for question in questions_of(unit)
        ),
    )


def questions_of(unit: Unit) -> Iterator[Question]:
    """Give the questions of a page."""
    if isinstance(unit, Quiz):
        yield from unit.questions
    if not isinstance(unit, Lesson):
        return
    for part in unit.parts:
        inner = (
            [item for branch in part.branches for item in branch.parts]
            if isinstance(part, SectorPart | PlacePart)
            else [part]
        )
        yield from (item.question for item in inner if isinstance(item, QuestionPart))


def check_kept_names(before: Names, after: Names) -> tuple[Diagnostic, ...]:
    """Return a warning for each page and question of the last release that the course no longer has."""
    findings = Findings()
    for name in _lost(before.pages, after.pages):
        near = did_you_mean(name, after.pages - before.pages)
        message = (
            f"La página «{name}» de la última versión ya no está: quien la leyó no verá su avance.{near}"
        )
        findings.warning(Code.PAGE_LOST, manifest.PATH, 1, message)
    for name in _lost(before.questions, after.questions):
        near = did_you_mean(name, after.questions - before.questions)
        message = f"La pregunta «{name}» de la última versión ya no está: conserve su id.{near}"
        findings.warning(Code.QUESTION_ID_LOST, manifest.PATH, 1, message)
    return findings.sorted()


def _lost(before: Iterable[str], after: frozenset[str]) -> list[str]:
    return sorted(name for name in before if name not in after)
