"""The hours of a cohort's people, as far as the actor sees them, on the page and as files."""

from typing import Final
from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from lms.attendance import evidence
from lms.attendance.access import access_cohort_as_reader
from lms.attendance.hours import listing, queries, words
from lms.attendance.hours.forms import HoursForm
from lms.attendance.hours.queries import PersonHours
from lms.attendance.permissions import AttendancePermission
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires
from lms.core.tabular import Table, to_csv, to_xlsx
from lms.learning.models import Cohort
from lms.learning.tabs import tabs_of
from lms.web.kit import page_number, render
from lms.web.paging import page_of

bp = Blueprint("hours_staff", __name__, url_prefix="/attendance/cohorts", template_folder="../templates")
READ = AttendancePermission.READ_REGISTER
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.get("/<uuid:cohort_id>/hours")
@requires(READ)
def cohort_hours(cohort_id: UUID) -> ResponseReturnValue:
    """List the hours of the people of a cohort whom the actor sees."""
    actor, form = current_actor(), HoursForm(request.args)
    cohort, people = _people(cohort_id)
    form.fill(sorted({(each.institution_id, each.institution) for each in people}, key=lambda each: each[1]))
    wanted = form.wanted(request.args.get("sort", "name"))
    found = listing.narrowed(people, wanted)
    return render(
        "hours/cohort.html",
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        form=form,
        sort=wanted.sort,
        page=page_of(found, page_number()),
        is_filtered=bool(form.q.data or form.institution.data or form.standing.data),
        minutes=sum(each.hours.minutes for each in found),
        rules=queries.rules_of(cohort.programme_id),
        words=words,
    )


@bp.get("/<uuid:cohort_id>/hours.csv", defaults={"ending": "csv"})
@bp.get("/<uuid:cohort_id>/hours.xlsx", defaults={"ending": "xlsx"})
@requires(READ)
def cohort_file(cohort_id: UUID, ending: str) -> ResponseReturnValue:
    """Send the list as the page shows it, all pages, with the same filters and order."""
    cohort, people = _people(cohort_id)
    found = listing.narrowed(people, HoursForm(request.args).wanted(request.args.get("sort", "name")))
    return _send(words.table_of(found), f"horas-{cohort.year}-{cohort.number}", ending)


@bp.get("/<uuid:cohort_id>/hours/<uuid:enrolment_id>")
@requires(READ)
def person_hours(cohort_id: UUID, enrolment_id: UUID) -> ResponseReturnValue:
    """Show the lines of one person."""
    cohort = access_cohort_as_reader(current_actor(), cohort_id)
    enrolment, person = evidence.access_person(current_actor(), cohort, enrolment_id)
    hours = queries.hours_of([enrolment.id], now())[enrolment.id]
    return render(
        "hours/person.html", cohort=cohort, person=person, enrolment=enrolment, hours=hours, words=words
    )


@bp.get("/<uuid:cohort_id>/hours/<uuid:enrolment_id>/lines.csv", defaults={"ending": "csv"})
@bp.get("/<uuid:cohort_id>/hours/<uuid:enrolment_id>/lines.xlsx", defaults={"ending": "xlsx"})
@requires(READ)
def person_file(cohort_id: UUID, enrolment_id: UUID, ending: str) -> ResponseReturnValue:
    """Send the lines of one person, with their total."""
    cohort = access_cohort_as_reader(current_actor(), cohort_id)
    enrolment, _person = evidence.access_person(current_actor(), cohort, enrolment_id)
    hours = queries.hours_of([enrolment.id], now())[enrolment.id]
    return _send(words.lines_table(hours), f"horas-{cohort.year}-{cohort.number}-detalle", ending)


def _people(cohort_id: UUID) -> tuple[Cohort, list[PersonHours]]:
    actor = current_actor()
    cohort = access_cohort_as_reader(actor, cohort_id)
    return cohort, queries.list_people(actor, cohort, now())


def _send(table: Table, name: str, ending: str) -> Response:
    content = to_csv(table) if ending == "csv" else to_xlsx(table, title=_("Horas"))
    response = Response(content, content_type=TYPES[ending])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
