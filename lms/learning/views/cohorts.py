"""Pages about cohorts for staff: the list, one cohort with its roster, the file of it, new and changed ones."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.db import db
from lms.core.errors import Forbidden
from lms.core.i18n import _
from lms.core.policy import requires
from lms.courses.models import Release
from lms.courses.queries import get_release, list_outline
from lms.institutions.programmes.queries import get_programme
from lms.learning import access, listing, queries, roster, service
from lms.learning.agreements import find_agreement, may_read
from lms.learning.errors import (
    AgreementElsewhere,
    AgreementNeeded,
    AgreementNotBegun,
    AgreementOver,
    CapacityTooSmall,
    DatesCrossed,
    ReleaseWithdrawn,
)
from lms.learning.files import send_table
from lms.learning.forms import CohortFilter, CohortForm, NewCohortForm, RosterForm
from lms.learning.models import Cohort, Modality
from lms.learning.panels import panels_of
from lms.learning.permissions import LearningPermission
from lms.learning.service import CohortValues
from lms.learning.tabs import tabs_of
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, paginate

bp = Blueprint("cohorts", __name__, url_prefix="/learning/cohorts")
ABOUT_AGREEMENTS = (AgreementElsewhere, AgreementNeeded, AgreementNotBegun, AgreementOver)
FIELDS = {
    DatesCrossed: "ends_on",
    CapacityTooSmall: "capacity",
    ReleaseWithdrawn: "release",
    **dict.fromkeys(ABOUT_AGREEMENTS, "agreement"),
}
"""Beside which field each refusal is said."""


@bp.get("/")
@requires(LearningPermission.READ_COHORTS)
def index() -> ResponseReturnValue:
    """List the cohorts that the actor may see, newest first unless sorted otherwise."""
    form = CohortFilter(request.args)
    form.fill()
    found = paginate(_listed(form), page_number(), read=_read)
    rows = [listing.read_cohort_row(row) for row in found.rows]
    return render(
        "learning/cohorts.html",
        form=form,
        sort=request.args.get("sort", "-starts"),
        page=Page(rows=rows, number=found.number, total=found.total, per_page=found.per_page),
        is_filtered=bool(form.q.data or form.status.data),
        can_manage=_can_manage(),
        day=today(),
        panels=panels_of(current_actor(), "staff"),
    )


@bp.get("/cohorts.csv", defaults={"ending": "csv"})
@bp.get("/cohorts.xlsx", defaults={"ending": "xlsx"})
@requires(LearningPermission.READ_COHORTS)
def index_file(ending: str) -> ResponseReturnValue:
    """Send the cohorts as the page lists them, all pages, with the same filters and order."""
    rows = [
        listing.read_cohort_row(row) for row in db.session.execute(_read(_listed(CohortFilter(request.args))))
    ]
    return send_table(listing.cohorts_table(rows), "cohortes", ending, title=_("Cohortes"))


@bp.get("/<uuid:cohort_id>")
@requires(LearningPermission.READ_COHORTS)
def cohort_page(cohort_id: UUID) -> ResponseReturnValue:
    """Show a cohort: who takes part, as far as the actor sees them, and how far each has come."""
    actor = current_actor()
    cohort = access.access_cohort(actor, LearningPermission.READ_COHORTS, cohort_id)
    form = RosterForm(request.args)
    form.fill(roster.list_institutions(actor, cohort))
    wanted = form.wanted(request.args.get("sort", "name"))
    people = roster.roster(actor, cohort, wanted)
    page = paginate(people, page_number(), read=lambda ids: roster.rows_of(ids, wanted))
    rows = [roster.read_row(row) for row in page.rows]
    outline, agreement = list_outline(cohort.release_id), find_agreement(cohort.agreement_id)
    counted = roster.count_standings(actor, cohort)
    return render(
        "learning/cohort.html",
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        release=get_release(cohort.release_id),
        programme=get_programme(cohort.programme_id),
        counts=counted.standings,
        tests=counted.tests,
        labels=roster.LABELS,
        form=form,
        is_filtered=bool(form.q.data or form.institution.data or form.standing.data),
        sort=wanted.sort,
        page=Page(rows=rows, number=page.number, total=page.total, per_page=page.per_page),
        stations=roster.stations_done([row.enrolment_id for row in rows], outline),
        modules=len(outline),
        units=sum(len(module.units) for module in outline),
        can_manage=_manages(cohort),
        trainers=queries.list_trainers(cohort.id),
        agreement=agreement,
        may_read_agreement=agreement is not None and may_read(actor, agreement),
        day=today(),
    )


@bp.get("/<uuid:cohort_id>/roster.<any(csv,xlsx):ending>")
@requires(LearningPermission.READ_COHORTS)
def roster_file(cohort_id: UUID, ending: str) -> ResponseReturnValue:
    """Send the roster as the page shows it, all pages, with the same filters, as CSV or as a workbook."""
    actor = current_actor()
    cohort = access.access_cohort(actor, LearningPermission.READ_COHORTS, cohort_id)
    wanted = RosterForm(request.args).wanted(request.args.get("sort", "name"))
    people = roster.rows_of(roster.roster(actor, cohort, wanted), wanted)
    rows = [roster.read_row(row) for row in db.session.execute(people)]
    units = sum(len(module.units) for module in list_outline(cohort.release_id))
    name = f"cohorte-{cohort.year}-{cohort.number}"
    return send_table(roster.roster_table(rows, units=units), name, ending, title=cohort.name)


@bp.route("/new", methods=["GET", "POST"])
@requires(LearningPermission.MANAGE_COHORTS)
def new_cohort() -> ResponseReturnValue:
    """Create a cohort on the newest release of a course."""
    if not _can_manage():
        raise Forbidden
    actor, form = current_actor(), NewCohortForm()
    form.fill_for(actor, today())
    if form.validate_on_submit():
        try:
            cohort = service.create_cohort(
                programme=get_programme(UUID(form.programme.data)),
                release=get_release(UUID(form.release.data)),
                actor=actor,
                now=now(),
                **_values(form),
            )
        except (DatesCrossed, ReleaseWithdrawn, *ABOUT_AGREEMENTS) as refusal:
            form.refuse(FIELDS[type(refusal)], refusal.message)
        else:
            say(_("Cohorte creada. Inscriba a las personas."))
            return go(url_for(".cohort_page", cohort_id=cohort.id))
    return render("learning/edit_cohort.html", form=form, cohort=None, status=422 if form.errors else 200)


@bp.route("/<uuid:cohort_id>/edit", methods=["GET", "POST"])
@requires(LearningPermission.MANAGE_COHORTS)
def edit_cohort(cohort_id: UUID) -> ResponseReturnValue:
    """Change a cohort's name, dates, place or number of places; course and programme stay."""
    actor = current_actor()
    cohort = access.access_cohort(actor, LearningPermission.MANAGE_COHORTS, cohort_id)
    form = CohortForm()
    if request.method == "GET":
        form.show(cohort)
    form.fill_of(cohort, today())
    if form.validate_on_submit():
        try:
            service.change_cohort(cohort, actor=actor, now=now(), **_values(form))
        except (DatesCrossed, CapacityTooSmall, *ABOUT_AGREEMENTS) as refusal:
            form.refuse(FIELDS[type(refusal)], refusal.message)
        else:
            say(_("Cambios guardados."))
            return go(url_for(".cohort_page", cohort_id=cohort.id))
    release: Release = get_release(cohort.release_id)
    return render(
        "learning/edit_cohort.html",
        form=form,
        cohort=cohort,
        release=release,
        status=422 if form.errors else 200,
    )


def _listed(form: CohortFilter) -> Select[Any]:
    return listing.cohort_ids(
        current_actor(),
        LearningPermission.READ_COHORTS,
        text=form.q.data or "",
        status=form.status.data or "",
        sort=_sort(),
        day=today(),
    )


def _read(ids: Select[Any]) -> Select[*tuple[Any, ...]]:
    return listing.cohort_rows(ids, current_actor(), LearningPermission.READ_COHORTS, sort=_sort())


def _sort() -> str:
    return request.args.get("sort", "-starts")


def _values(form: CohortForm) -> CohortValues:
    """Return what a valid form says; its validators leave no name or date empty."""
    return CohortValues(
        name=str(form.name.data),
        modality=Modality(form.modality.data),
        venue=form.venue.data or "",
        starts_on=cast("date", form.starts_on.data),
        ends_on=cast("date", form.ends_on.data),
        capacity=form.capacity.data,
        agreement_id=form.agreement_id,
    )


def _can_manage() -> bool:
    """Say whether the actor manages the cohorts of any programme."""
    return bool(queries.reach_of(current_actor(), LearningPermission.MANAGE_COHORTS))


def _manages(cohort: Cohort) -> bool:
    reach = queries.reach_of(current_actor(), LearningPermission.MANAGE_COHORTS)
    return reach.everywhere or cohort.programme_id in reach.programmes
