"""What a programme gained, by institution and by sector, for the commission."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from lms.assessments.gain import queries
from lms.assessments.gain.breakdown import Breakdown, break_down
from lms.assessments.gain.forms import GainFilter
from lms.assessments.gain.permissions import GainPermission
from lms.assessments.gain.showing import as_file, context_of, ordered
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.policy import requires
from lms.courses.compiler.quiz_terms import Moment
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import list_programmes_for
from lms.web.kit import render

Item = TypeVar("Item")
bp = Blueprint("gain", __name__, url_prefix="/gain", template_folder="../templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page was asked for; no course where the programme measures none."""

    programme: Programme
    form: GainFilter
    course_id: UUID | None
    title: str
    year: int | None


@bp.get("/")
@requires(GainPermission.COMPARE)
def index() -> ResponseReturnValue:
    """Show how much the people of a programme gained in a course, by institution and by sector."""
    asked = _asked()
    return render(
        "gain/programme.html",
        asked=asked,
        form=asked.form,
        is_filtered=bool(asked.form.wanted_sector or asked.year),
        is_measured=asked.course_id is not None,
        **context_of(_found(asked)),
    )


@bp.get("/table.csv")
@requires(GainPermission.COMPARE)
def table_csv() -> Response:
    """Give the table of a programme as CSV."""
    asked = _asked()
    return as_file(_found(asked), f"mejora-{asked.programme.code.lower()}")


def _asked() -> Asked:
    """Read the address, with the first of each list for what it does not say; NotFound for what is out of reach."""
    programmes = list_programmes_for(current_actor(), GainPermission.COMPARE)
    programme = _chosen({str(each.id): each for each in programmes}, "programme")
    courses = queries.list_courses(programme.id)
    titles = {str(course_id): (course_id, title) for course_id, title in courses}
    course_id, title = _chosen(titles, "course") if titles else (None, "")
    years = queries.list_years(programme.id, course_id) if course_id else []
    wanted = request.args.get("year", "")
    form = GainFilter(request.args)
    form.offer(
        [(str(each.id), each.name) for each in programmes],
        [(key, name) for key, (_id, name) in titles.items()],
        years,
    )
    return Asked(
        programme=programme,
        form=form,
        course_id=course_id,
        title=title,
        year=next((year for year in years if str(year) == wanted), None),
    )


def _chosen(offered: Mapping[str, Item], name: str) -> Item:
    wanted = request.args.get(name, "")
    if not offered or (wanted and wanted not in offered):
        raise NotFound
    return offered[wanted] if wanted else next(iter(offered.values()))


def _found(asked: Asked) -> Breakdown:
    if asked.course_id is None:
        return break_down([], has_follow_up=False)
    releases = db.session.scalars(queries.releases_of(asked.programme.id, asked.course_id))
    people = queries.list_participants(
        current_actor(),
        GainPermission.COMPARE,
        asked.programme,
        queries.course_condition(asked.programme, asked.course_id, asked.year),
        day=today(),
    )
    found = break_down(people, has_follow_up=Moment.FOLLOW_UP in queries.list_moments(releases))
    return ordered(found, asked.form.wanted_sector)
