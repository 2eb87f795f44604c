"""Lists of every enrolment: order one, see how far it is, take it away."""

from typing import Final
from uuid import UUID

from flask import Blueprint, request, send_file, url_for
from flask.typing import ResponseReturnValue

from lms.core import private_files
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.programmes.queries import get_programme
from lms.reports.lists import queries, service
from lms.reports.lists.permissions import ListPermission
from lms.reports.tallies.queries import count_enrolments
from lms.web.kit import go, is_fragment_request, render, say

bp = Blueprint("lists", __name__, url_prefix="/reports/lists", template_folder="templates")
TAKE = ListPermission.TAKE
MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.get("/programmes/<uuid:programme_id>")
@requires(TAKE)
def index(programme_id: UUID) -> ResponseReturnValue:
    """List what the actor asked for of a programme."""
    actor = current_actor()
    programme = queries.access_whole(actor, programme_id)
    return render(
        "lists/index.html",
        programme=programme,
        lists=queries.list_own(actor, programme),
        total=count_enrolments(programme.id),
    )


@bp.post("/programmes/<uuid:programme_id>")
@requires(TAKE)
def order(programme_id: UUID) -> ResponseReturnValue:
    """Have the file made by a job."""
    actor, form = current_actor(), request.form.get("form", "")
    programme = queries.access_whole(actor, programme_id)
    if form not in MEDIA or actor.person_id is None:
        raise NotFound
    made = service.order_list(programme, form, person_id=actor.person_id, now=now())
    say(_("Se está preparando la lista."))
    return go(url_for(".page", list_id=made.id))


@bp.get("/<uuid:list_id>")
@requires(TAKE)
def page(list_id: UUID) -> ResponseReturnValue:
    """Show how far a list is, and the file once it is made."""
    found = queries.access_list(current_actor(), list_id)
    if found.finished_at and is_fragment_request():
        return "", {"HX-Refresh": "true"}
    return render(
        "lists/page.html",
        fragment="lists/_making.html",
        found=found,
        programme=get_programme(found.programme_id),
        job=queries.job_of(found),
    )


@bp.get("/<uuid:list_id>/file")
@requires(TAKE)
def file(list_id: UUID) -> ResponseReturnValue:
    """Send the file to whoever asked for it."""
    found = queries.access_list(current_actor(), list_id)
    if not found.finished_at:
        raise NotFound
    code = get_programme(found.programme_id).code.lower()
    content = private_files.open_file(found.id, found.digest)
    response = send_file(
        content,
        mimetype=MEDIA[found.form],
        as_attachment=True,
        download_name=f"inscripciones-{code}.{found.form}",
        etag=False,
    )
    response.content_length = found.size
    response.call_on_close(content.close)
    response.headers["Cache-Control"] = "private, no-store"
    return response
