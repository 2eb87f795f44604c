"""What a cohort gained, for whoever runs it."""

from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from lms.assessments.gain import queries
from lms.assessments.gain.breakdown import Breakdown, break_down
from lms.assessments.gain.forms import SectorFilter
from lms.assessments.gain.permissions import GainPermission
from lms.assessments.gain.showing import as_file, context_of, ordered
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.policy import requires
from lms.courses.compiler.quiz_terms import Moment
from lms.institutions.programmes.queries import get_programme
from lms.learning.access import access_cohort
from lms.learning.models import Cohort
from lms.learning.tabs import tabs_of
from lms.web.kit import render

bp = Blueprint("cohort_gain", __name__, url_prefix="/gain/cohorts", template_folder="../templates")


@bp.get("/<uuid:cohort_id>")
@requires(GainPermission.READ)
def cohort_page(cohort_id: UUID) -> ResponseReturnValue:
    """Show how much a cohort gained, beside how many answered."""
    actor = current_actor()
    cohort = access_cohort(actor, GainPermission.READ, cohort_id)
    form = _form()
    return render(
        "gain/cohort.html",
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        form=form,
        is_filtered=bool(form.wanted_sector),
        is_measured=Moment.INITIAL in queries.list_moments([cohort.release_id]),
        **context_of(ordered(_found(cohort), form.wanted_sector)),
    )


@bp.get("/<uuid:cohort_id>.csv")
@requires(GainPermission.READ)
def cohort_csv(cohort_id: UUID) -> Response:
    """Give the table of a cohort as CSV."""
    cohort = access_cohort(current_actor(), GainPermission.READ, cohort_id)
    return as_file(ordered(_found(cohort), _form().wanted_sector), f"mejora-{cohort.year}-{cohort.number}")


def _form() -> SectorFilter:
    form = SectorFilter(request.args)
    form.fill()
    return form


def _found(cohort: Cohort) -> Breakdown:
    moments = queries.list_moments([cohort.release_id])
    people = queries.list_participants(
        current_actor(),
        GainPermission.READ,
        get_programme(cohort.programme_id),
        queries.cohort_condition(cohort),
        day=today(),
    )
    return break_down(people, has_follow_up=Moment.FOLLOW_UP in moments)
