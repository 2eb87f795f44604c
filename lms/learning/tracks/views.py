"""Pages of changes of sector: of whoever asks, and of the staff that answers."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from lms.accounts.queries import get_person
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.db import db
from lms.core.i18n import _
from lms.core.policy import requires
from lms.learning.files import send_table
from lms.learning.queries import Study, get_cohort, get_enrolment
from lms.learning.tracks import access, queries, service
from lms.learning.tracks.errors import AlreadyAsked, NoteNeeded, SameTrack
from lms.learning.tracks.forms import AnswerForm, AskForm, RequestsForm
from lms.learning.tracks.models import TrackRequest
from lms.learning.tracks.permissions import TrackPermission
from lms.learning.tracks.rules import TrackState
from lms.learning.tracks.words import STATES, table_of
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, paginate

bp = Blueprint("tracks", __name__, url_prefix="/learning", template_folder="templates")


@bp.get("/enrolments/<uuid:enrolment_id>/sector")
@requires(TrackPermission.ASK)
def track_page(enrolment_id: UUID) -> ResponseReturnValue:
    """Show the sector of an enrolment, its history, and the form to ask for another one."""
    form = AskForm()
    form.fill()
    return _ask_page(access.access_asker(current_actor(), enrolment_id), form)


@bp.post("/enrolments/<uuid:enrolment_id>/sector")
@requires(TrackPermission.ASK)
def ask(enrolment_id: UUID) -> ResponseReturnValue:
    """Ask for another sector."""
    study, form = access.access_asker(current_actor(), enrolment_id), AskForm()
    form.fill()
    if not form.validate_on_submit():
        return _ask_page(study, form)
    try:
        service.ask(study.enrolment, form.wanted, form.reason.data or "", actor=current_actor(), now=now())
    except (SameTrack, AlreadyAsked) as refusal:
        form.refuse("sector", refusal.message)
        return _ask_page(study, form)
    say(_("Solicitud enviada. La respuesta llega por correo."))
    return go(url_for(".track_page", enrolment_id=study.id))


@bp.get("/track-requests")
@requires(TrackPermission.DECIDE)
def index() -> ResponseReturnValue:
    """List the requests that the actor may answer, those that wait longest first."""
    form = RequestsForm(request.args)
    form.fill()
    found = paginate(_listed(form), page_number())
    rows = [queries.read_row(row) for row in found.rows]
    return render(
        "tracks/index.html",
        form=form,
        sort=request.args.get("sort", ""),
        states=STATES,
        is_filtered=bool(form.q.data or form.wanted_state),
        page=Page(rows=rows, number=found.number, total=found.total, per_page=found.per_page),
    )


@bp.get("/track-requests.csv", defaults={"ending": "csv"})
@bp.get("/track-requests.xlsx", defaults={"ending": "xlsx"})
@requires(TrackPermission.DECIDE)
def index_file(ending: str) -> Response:
    """Send the requests as the page lists them, all pages, with the same filters and order."""
    rows = [queries.read_row(row) for row in db.session.execute(_listed(RequestsForm(request.args)))]
    return send_table(table_of(rows), "cambios-de-sector", ending, title=_("Cambios de sector"))


@bp.get("/track-requests/<uuid:track_request_id>")
@requires(TrackPermission.DECIDE)
def request_page(track_request_id: UUID) -> ResponseReturnValue:
    """Show a request with the history of the person's sector."""
    form = AnswerForm()
    form.fill()
    return _answer_page(access.access_request(current_actor(), track_request_id), form)


@bp.post("/track-requests/<uuid:track_request_id>")
@requires(TrackPermission.DECIDE)
def answer(track_request_id: UUID) -> ResponseReturnValue:
    """Approve or decline a request."""
    found, form = access.access_request(current_actor(), track_request_id), AnswerForm()
    form.fill()
    if not form.validate_on_submit():
        return _answer_page(found, form)
    is_approved = form.answer.data == TrackState.APPROVED
    try:
        service.answer(
            found, is_approved=is_approved, note=form.note.data or "", actor=current_actor(), now=now()
        )
    except NoteNeeded as refusal:
        form.refuse("note", refusal.message)
        return _answer_page(found, form)
    say(_("Respuesta guardada. Se avisa a la persona."))
    return go(url_for(".index"))


def _listed(form: RequestsForm) -> Select[*tuple[Any, ...]]:
    sort = request.args.get("sort", "")
    return queries.rows(current_actor(), text=form.q.data or "", state=form.wanted_state, sort=sort)


def _ask_page(study: Study, form: AskForm) -> ResponseReturnValue:
    changes = queries.list_changes(study.id)
    return render(
        "tracks/ask.html",
        status=422 if form.errors else 200,
        study=study,
        person=get_person(study.enrolment.person_id),
        is_own=study.enrolment.person_id == current_actor().person_id,
        changes=changes,
        is_waiting=any(each.request.state is TrackState.WAITING for each in changes),
        states=STATES,
        form=form,
    )


def _answer_page(found: TrackRequest, form: AnswerForm) -> ResponseReturnValue:
    enrolment = get_enrolment(found.enrolment_id)
    return render(
        "tracks/request.html",
        status=422 if form.errors else 200,
        found=found,
        is_waiting=found.state is TrackState.WAITING,
        person=get_person(enrolment.person_id),
        cohort=get_cohort(enrolment.cohort_id),
        changes=queries.list_changes(enrolment.id),
        states=STATES,
        form=form,
    )
