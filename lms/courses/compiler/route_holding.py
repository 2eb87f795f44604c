"""Hold back what the steps of a route say until somebody of the place signs it; nobody is left without a way out."""

from collections.abc import Container
from dataclasses import replace

from lms.courses.blocks.route_words import say
from lms.courses.compiler.course import Course
from lms.courses.compiler.referral import Route, RouteStep
from lms.courses.compiler.route_filling import fill_routes


def hold_steps(course: Course, signed: Container[str]) -> Course:
    """Return the course whose steps to verify say only that they wait, save the signed ones ("key of the route/id").

    A signed step is confirmed. A held one keeps its place, title, sectors and what to do when it is not safe.
    """
    if not any(step.is_to_verify for route in course.routes for step in route.steps):
        return course
    sentence = say("held-back", course.language)
    return fill_routes(course, tuple(_held(route, signed, sentence) for route in course.routes))


def _held(route: Route, signed: Container[str], sentence: str) -> Route:
    waits = {step.id for step in route.steps if step.is_to_verify and f"{route.key}/{step.id}" not in signed}
    # Whom to call in danger is named by the first step, or by one that nobody has to confirm: that call stays.
    known = {step.contact for step in route.steps if step.id not in waits}
    known |= {step.contact for step in route.steps[:1]}
    steps = (
        _waiting(step, sentence, known) if step.id in waits else replace(step, is_to_verify=False)
        for step in route.steps
    )
    return replace(route, steps=tuple(steps))


def _waiting(step: RouteStep, sentence: str, known: Container[str]) -> RouteStep:
    return replace(
        step,
        action=sentence,
        responsible="",
        deadline="",
        document="",
        contact=step.contact if step.contact in known else "",
        basis=(),
        is_to_verify=True,
    )
