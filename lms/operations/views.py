"""Pages about the running installation."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.jobs import queries as jobs
from lms.core.jobs.models import JobState
from lms.core.jobs.service import retry
from lms.core.policy import requires
from lms.operations import queries
from lms.operations.permissions import OperationsPermission
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, paginate

bp = Blueprint("operations", __name__, url_prefix="/operations", template_folder="templates")


@bp.get("/audit")
@requires(OperationsPermission.READ_AUDIT)
def audit() -> ResponseReturnValue:
    """List what happened, newest first, of one kind when asked."""
    _check_reach(OperationsPermission.READ_AUDIT)
    code = request.args.get("code", "")
    page = paginate(queries.entry_ids(code), page_number(), per_page=50, read=queries.with_actors)
    facts = [queries.fact_of(entry, person) for entry, person in page.rows]
    return render("operations/audit.html", page=page, facts=facts, code=code, kinds=queries.events_by_code())


@bp.get("/jobs")
@requires(OperationsPermission.MANAGE_JOBS)
def job_list() -> ResponseReturnValue:
    """List jobs, of one state when asked."""
    _check_reach(OperationsPermission.MANAGE_JOBS)
    counts = jobs.count_by_state()
    state = _state(request.args.get("state", ""))
    total = counts[state] if state else sum(counts.values())
    number = page_number()
    rows = jobs.list_jobs(state, page=number)
    page = Page(rows=rows, number=number, total=total, per_page=jobs.PAGE_SIZE)
    wait = jobs.longest_wait(now())
    return render("operations/jobs.html", page=page, counts=counts, state=state, wait=wait)


@bp.post("/jobs/<uuid:job_id>/retry")
@requires(OperationsPermission.MANAGE_JOBS)
def retry_job(job_id: UUID) -> ResponseReturnValue:
    """Put a dead job back in the queue."""
    _check_reach(OperationsPermission.MANAGE_JOBS)
    retry(jobs.get_job(job_id), actor=current_actor(), now=now())
    say(_("El trabajo volvió a la cola."))
    return go(url_for("operations.job_list"))


def _check_reach(permission: OperationsPermission) -> None:
    """Refuse who administers only a part: the trail and the queue are of the whole installation."""
    if not current_actor().reach(permission).everywhere:
        raise NotFound


def _state(text: str) -> JobState | None:
    return JobState(text) if text in set(JobState) else None
