"""From an address to a route in use, or nothing."""

from lms.core.errors import NotFound
from lms.courses.compiler.referral import RouteStep
from lms.courses.routes.queries import CurrentRoute, find_current


def access_route(course_slug: str, key: str) -> CurrentRoute:
    """Return a route of a course; whoever is signed in may follow it."""
    found = find_current(course_slug, key)
    if found is None:
        raise NotFound
    return found


def access_step(found: CurrentRoute, step_id: str) -> tuple[int, RouteStep]:
    """Return a step of a route with its number, from 1."""
    for number, step in enumerate(found.route.steps, start=1):
        if step.id == step_id:
            return number, step
    raise NotFound
