"""The register of a cohort: who was where, on the page and as files."""

from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from lms.attendance import access, queries, words
from lms.attendance.credits import states_of
from lms.attendance.permissions import AttendancePermission
from lms.attendance.register import Register, read_register
from lms.attendance.views.blueprint import bp
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.policy import requires
from lms.core.tabular import to_csv, to_xlsx
from lms.institutions.programmes.queries import get_programme
from lms.learning.models import Cohort
from lms.learning.tabs import tabs_of
from lms.web.kit import render

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/attendance/cohorts/<uuid:cohort_id>/register")
@requires(AttendancePermission.READ_REGISTER)
def register(cohort_id: UUID) -> ResponseReturnValue:
    """Show who of a cohort was at which meeting, as far as the actor sees its people."""
    actor = current_actor()
    cohort, found = _read(cohort_id)
    return render(
        "attendance/register.html",
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        register=found,
        threshold=get_programme(cohort.programme_id).attendance_share,
        words=words,
        states=states_of(cohort.programme_id),
        can_keep=queries.keeps(actor, cohort),
        moment=now(),
    )


@bp.get("/attendance/cohorts/<uuid:cohort_id>/register.csv")
@requires(AttendancePermission.READ_REGISTER)
def register_csv(cohort_id: UUID) -> ResponseReturnValue:
    """Send the register as the page shows it, as CSV."""
    cohort, found = _read(cohort_id)
    return _file(cohort, to_csv(words.table_of(found, now())), "csv", "text/csv; charset=utf-8")


@bp.get("/attendance/cohorts/<uuid:cohort_id>/register.xlsx")
@requires(AttendancePermission.READ_REGISTER)
def register_xlsx(cohort_id: UUID) -> ResponseReturnValue:
    """Send the register as the page shows it, as a workbook."""
    cohort, found = _read(cohort_id)
    return _file(cohort, to_xlsx(words.table_of(found, now()), title=cohort.name), "xlsx", XLSX)


def _read(cohort_id: UUID) -> tuple[Cohort, Register]:
    actor = current_actor()
    cohort = access.access_cohort_as_reader(actor, cohort_id)
    threshold = get_programme(cohort.programme_id).attendance_share
    return cohort, read_register(actor, cohort, threshold=threshold, now=now())


def _file(cohort: Cohort, content: bytes, kind: str, media_type: str) -> Response:
    response = Response(content, content_type=media_type)
    name = f"asistencia-{cohort.year}-{cohort.number}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
