"""A compiled course as an edition: what is stored of it, and what two of them are compared by. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from lms.courses.changes import Edition, PageEdition
from lms.courses.compiler.codec import lesson_to_json, quiz_to_json
from lms.courses.compiler.course import Course, Lesson, Simulation, Unit
from lms.courses.compiler.simulation_codec import simulation_to_json
from lms.courses.compiler.slugs import without_number


def edition_of(course: Course) -> Edition:
    """Return a compiled course in the form in which editions are compared."""
    return Edition(
        pass_mark=course.pass_mark,
        attendance_share=course.attendance_share,
        about={
            "title": course.title,
            "summary": course.summary,
            "language": course.language,
            "hours": course.hours,
            "sector": course.sector,
            "jurisdictions": list(course.jurisdictions),
            "notice": course.notice,
            "credits": course.credits,
            "modules": [module_about(module) for module in course.modules],
        },
        pages=tuple(_pages(course)),
    )


def body_of(unit: Unit) -> tuple[str, dict[str, Any]]:
    """Return the kind of a page and its body as a release stores it, keys included."""
    if isinstance(unit, Lesson):
        return "lesson", lesson_to_json(unit)
    if isinstance(unit, Simulation):
        return "simulation", simulation_to_json(unit)
    return "quiz", quiz_to_json(unit)


def module_about(module: Any) -> dict[str, Any]:
    """Return what a module, compiled or released, says of itself."""
    names = ("slug", "title", "objective", "hours")
    return {name: getattr(module, name) for name in names}


def source_paths(paths: Iterable[str]) -> Mapping[str, str]:
    """Return the path in the course folder of each page by its place, module/page."""
    pages = (path for path in paths if path.endswith(".md") and path.count("/") == 1)
    return {"/".join(map(without_number, path.split("/"))): path for path in pages}


def _pages(course: Course) -> Iterable[PageEdition]:
    for module in course.modules:
        for unit in module.units:
            kind, body = body_of(unit)
            yield PageEdition(module_slug=module.slug, slug=unit.slug, kind=kind, title=unit.title, body=body)
