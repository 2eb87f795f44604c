"""Where a quiz of the follow-up stands: in the course that asks it, and on nobody's route."""

from uuid import UUID

from lms.assessments.attempts.rules import Days, follow_up_days
from lms.core.errors import NotFound
from lms.courses.compiler.course import Quiz
from lms.courses.queries import OutlineModule, OutlineUnit, list_outline
from lms.learning.queries import Study
from lms.learning.rules import RouteModule, RouteUnit


def place_of(study: Study, unit_id: UUID) -> tuple[RouteModule, RouteUnit]:
    """Return the module and the unit of a quiz of the release that the route leaves out; raises NotFound."""
    modules = list_outline(study.release.id, is_whole=True)
    found = ((module, unit) for module in modules for unit in module.units if unit.id == unit_id)
    place = next(found, None)
    if place is None:
        raise NotFound
    unit = _unit(*place)
    return _module(place[0], unit), unit


def days_of(study: Study, quiz: Quiz) -> Days | None:
    """Return when a quiz of the follow-up takes answers; None for any other, and before the course is completed."""
    return follow_up_days(study.completed_on) if quiz.is_follow_up and study.completed_on else None


def _module(module: OutlineModule, unit: RouteUnit) -> RouteModule:
    return RouteModule(
        id=module.id,
        position=module.position,
        slug=module.slug,
        title=module.title,
        objective=module.objective,
        hours=module.hours,
        units=(unit,),
    )


def _unit(module: OutlineModule, unit: OutlineUnit) -> RouteUnit:
    return RouteUnit(
        id=unit.id,
        is_quiz=True,
        module_slug=module.slug,
        slug=unit.slug,
        title=unit.title,
        minutes=unit.minutes,
    )
