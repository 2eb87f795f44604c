"""What of a course travels: its route. What is asked months after it only our own platform can ask in time."""

from dataclasses import replace

from lms.courses.compiler.course import Course, Module, Quiz


def on_route(course: Course) -> Course:
    """Return the course without its surveys and quizzes of the follow-up, nor the modules that hold nothing else."""
    modules = (_module(module) for module in course.modules)
    return replace(course, modules=tuple(module for module in modules if module.units))


def _module(module: Module) -> Module:
    kept = (unit for unit in module.units if not (isinstance(unit, Quiz) and unit.is_follow_up))
    return replace(module, units=tuple(kept))
