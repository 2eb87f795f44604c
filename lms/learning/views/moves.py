"""Move a cohort to another release: choose it, see what changes for whom, and only then do it."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.courses.models import Release
from lms.learning import access, moving
from lms.learning.models import Cohort
from lms.learning.moving import Effect
from lms.learning.permissions import LearningPermission
from lms.web.kit import go, render, say

bp = Blueprint("moves", __name__, url_prefix="/learning/cohorts")


@bp.get("/<uuid:cohort_id>/move")
@requires(LearningPermission.MANAGE_COHORTS)
def move(cohort_id: UUID) -> ResponseReturnValue:
    """Show the other releases of the course and, for the chosen one, what moving would do. Nothing changes."""
    cohort = access.access_cohort(current_actor(), LearningPermission.MANAGE_COHORTS, cohort_id)
    offered = moving.offered_releases(cohort)
    chosen = _chosen(offered, request.args.get("release", "")) if "release" in request.args else None
    plan = moving.plan_move(cohort, chosen) if chosen else None
    return render("learning/move.html", cohort=cohort, offered=offered, plan=plan, effects=Effect)


@bp.post("/<uuid:cohort_id>/move")
@requires(LearningPermission.MANAGE_COHORTS)
def confirm_move(cohort_id: UUID) -> ResponseReturnValue:
    """Move the cohort to the release that was shown."""
    cohort: Cohort = access.access_cohort(current_actor(), LearningPermission.MANAGE_COHORTS, cohort_id)
    release = _chosen(moving.offered_releases(cohort), request.form.get("release", ""))
    ask_again = request.form.get("ask_again") == "1"
    moving.move_cohort(cohort, release, ask_again=ask_again, actor=current_actor(), now=now())
    say(_("La cohorte estudia ahora la versión %(number)s. El avance se conservó.", number=release.number))
    return go(url_for("cohorts.cohort_page", cohort_id=cohort.id))


def _chosen(offered: list[Release], release_id: str) -> Release:
    """Return one of the releases that the cohort could move to."""
    found = next((release for release in offered if str(release.id) == release_id), None)
    if found is None:
        raise NotFound
    return found
