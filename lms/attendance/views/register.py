"""The register of a cohort: who was where, on the page and as files."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from lms.attendance import access, queries, words
from lms.attendance.filters import RegisterFilter
from lms.attendance.permissions import AttendancePermission
from lms.attendance.register import Register, read_register
from lms.attendance.totals import list_institutions
from lms.attendance.views.blueprint import bp
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.policy import requires
from lms.learning.models import Cohort
from lms.learning.tabs import tabs_of
from lms.web.kit import page_number, render
from lms.web.table_files import CSV, XLSX, table_file

PARAMETERS = ("q", "institution", "sector", "state", "standing", "sort")
"""What of the address makes a register another one: its files carry the same."""


@bp.get("/attendance/cohorts/<uuid:cohort_id>/register")
@requires(AttendancePermission.READ_REGISTER)
def register(cohort_id: UUID) -> ResponseReturnValue:
    """Show who of a cohort was at which meeting, as far as the actor sees its people; ``?view=all`` on one page."""
    shows_all = request.args.get("view") == "all"
    actor, view = current_actor(), _read(cohort_id, None if shows_all else page_number())
    cohort, found = view.cohort, view.register
    places = found.totals.institutions
    view.form.fill(list_institutions(actor, cohort) if places is None else places, found.states)
    return render(
        "attendance/register.html",
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        register=found,
        page=found.page,
        shows_all=shows_all,
        form=view.form,
        sort=view.sort,
        kept=view.kept,
        is_filtered=any(view.kept[name] for name in PARAMETERS[:-1]),
        words=words,
        can_keep=queries.keeps(actor, cohort),
        moment=now(),
    )


@bp.get(
    "/attendance/cohorts/<uuid:cohort_id>/register.csv", endpoint="register_csv", defaults={"ending": CSV}
)
@bp.get(
    "/attendance/cohorts/<uuid:cohort_id>/register.xlsx", endpoint="register_xlsx", defaults={"ending": XLSX}
)
@requires(AttendancePermission.READ_REGISTER)
def register_file(cohort_id: UUID, ending: str) -> ResponseReturnValue:
    """Send the register as the page shows it, all pages, with the same filters, order and words."""
    view = _read(cohort_id, None)
    cohort = view.cohort
    return table_file(
        words.table_of(view.register, now()),
        title=cohort.name,
        name=f"asistencia-{cohort.year}-{cohort.number}",
        ending=ending,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """What the address asks for, and what was found."""

    cohort: Cohort
    register: Register
    form: RegisterFilter
    sort: str

    @property
    def kept(self) -> dict[str, Any]:
        """Return the parameters with which this register is asked for again."""
        return {name: request.args.get(name) or None for name in PARAMETERS}


def _read(cohort_id: UUID, number: int | None) -> _View:
    actor, form, sort = current_actor(), RegisterFilter(request.args), request.args.get("sort", "name")
    cohort = access.access_cohort_as_reader(actor, cohort_id)
    found = read_register(actor, cohort, now=now(), wanted=form.wanted(sort), number=number)
    return _View(cohort=cohort, register=found, form=form, sort=sort)
