"""Reads about routes: always those of the newest release that is offered, for a route is about today."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from lms.core.db import db
from lms.courses.compiler.referral import Route
from lms.courses.models import Course, Release
from lms.courses.routes.models import ReleaseRoute


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentRoute:
    """A route of the newest release of a course."""

    row: ReleaseRoute
    course_slug: str
    course_title: str
    route: Route


def list_current(course_slug: str = "") -> list[CurrentRoute]:
    """Return the routes in use, of one course or of all, in one query."""
    statement = _current().order_by(Course.title, ReleaseRoute.position)
    if course_slug:
        statement = statement.where(Course.slug == course_slug)
    return [_read(row) for row in db.session.execute(statement)]


def find_current(course_slug: str, key: str) -> CurrentRoute | None:
    """Return a route in use by its course and its key."""
    row = db.session.execute(_current().where(Course.slug == course_slug, ReleaseRoute.key == key)).first()
    return _read(row) if row else None


def find_current_by_id(route_id: UUID) -> CurrentRoute | None:
    """Return a route in use by the id of its row."""
    row = db.session.execute(_current().where(ReleaseRoute.id == route_id)).first()
    return _read(row) if row else None


def _current() -> Select[ReleaseRoute, str, str]:
    other = aliased(Release)
    newest = (
        select(func.max(other.number))
        .where(other.course_id == Release.course_id, other.withdrawn_at.is_(None))
        .correlate(Release)
        .scalar_subquery()
    )
    return (
        select(ReleaseRoute, Course.slug, Release.title)
        .join(Release, Release.id == ReleaseRoute.release_id)
        .join(Course, Course.id == Release.course_id)
        .where(Release.number == newest)
    )


def _read(row: Any) -> CurrentRoute:
    return CurrentRoute(row=row[0], course_slug=row[1], course_title=row[2], route=row[0].route)
