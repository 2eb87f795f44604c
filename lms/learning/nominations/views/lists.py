"""Pages on which an institution sends a file of its people, looks at it row by row, and nominates them."""

from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.core.tabular import Column, FileUnreadable, Sheet, Table
from lms.core.workbooks import form_of, read_table, write_like
from lms.institutions.intake.errors import ColumnsMissing
from lms.institutions.intake.forms import UploadForm
from lms.institutions.intake.uploads import Upload, keep_upload, open_upload
from lms.learning.files import TYPES, send_table
from lms.learning.nominations import access, holding, words
from lms.learning.nominations.errors import CallNotOpen
from lms.learning.nominations.forms import SendListForm
from lms.learning.nominations.nominee_file import (
    FIELDS,
    LEFT_OUT,
    MOST_ROWS,
    TO_SEND,
    NomineeRow,
    RowState,
    judge_file,
    left_out_table,
)
from lms.learning.nominations.nominee_lists import ListWishes, nominate_file
from lms.learning.nominations.permissions import NominationPermission
from lms.learning.nominations.queries import OpenCall
from lms.learning.nominations.rules import NominationState, Phase
from lms.web.kit import go, page_number, render, say
from lms.web.paging import page_of

bp = Blueprint(
    "nominee_lists", __name__, url_prefix="/nominations/calls/<uuid:call_id>", template_folder="../templates"
)
NOMINATE = NominationPermission.NOMINATE


@bp.route("/list", methods=["GET", "POST"])
@requires(NOMINATE)
def upload(call_id: UUID) -> ResponseReturnValue:
    """Take a file of people; nobody is nominated until its dry run is confirmed."""
    actor, form = current_actor(), UploadForm()
    found = access.access_own_call(actor, call_id)
    if form.validate_on_submit():
        content, name = form.file.data.read(), form.file.data.filename or ""
        try:
            judge_file(found, read_table(content, most_rows=MOST_ROWS), actor=actor, now=now())
        except (FileUnreadable, ColumnsMissing, CallNotOpen) as refusal:
            form.refuse("file", refusal.message)
        else:
            token = keep_upload(content, name=name, kind=_kind(found), actor=actor, now=now())
            return go(url_for(".review", call_id=found.id, token=token))
    return render(
        "nominations/list.html",
        status=422 if form.errors else 200,
        found=found,
        form=form,
        fields=FIELDS,
        most_rows=MOST_ROWS,
    )


@bp.get("/list-model.<any(csv,xlsx):ending>")
@requires(NOMINATE)
def model(call_id: UUID, ending: str) -> Response:
    """Give an empty file with the columns."""
    access.access_own_call(current_actor(), call_id)
    table = Table([Column(each.label) for each in FIELDS], [])
    return send_table(table, "propuestas", ending, title=_("Personas propuestas"))


@bp.route("/list/<token>", methods=["GET", "POST"])
@requires(NOMINATE)
def review(call_id: UUID, token: str) -> ResponseReturnValue:
    """Show what each row would do now, and nominate whom the file names."""
    actor = current_actor()
    found = access.access_own_call(actor, call_id)
    sent, form, is_late = _open(found, token), SendListForm(), found.phase(now()) is Phase.CLOSED
    if form.validate_on_submit() and form.has_reason_if(is_late=is_late):
        holding.hold(found.call)  # what is judged from here on stays so until it is done
        _sheet, rows = _judge(found, sent)
        wishes = ListWishes(
            adds_possible=bool(form.adds_possible.data), late_reason=form.late_reason.data or ""
        )
        _say(nominate_file(found, rows, wishes, actor=actor, now=now()))
        if any(each.state in LEFT_OUT for each in rows):
            return go(url_for(".review", call_id=found.id, token=token))
        return go(url_for("nominations.call_page", call_id=found.id))
    _sheet, rows = _judge(found, sent)
    wanted = request.args.get("state", "")
    shown = [each for each in rows if each.state == wanted] if wanted in set(RowState) else rows
    return render(
        "nominations/review_list.html",
        status=422 if form.errors else 200,
        found=found,
        form=form,
        token=token,
        file_name=sent.name,
        is_late=is_late,
        counts={state: sum(each.state is state for each in rows) for state in RowState},
        to_send=sum(each.state in TO_SEND for each in rows),
        total=len(rows),
        wanted=wanted,
        page=page_of(shown, page_number(), per_page=50),
        words=words,
    )


@bp.get("/list/<token>/left-out")
@requires(NOMINATE)
def left_out(call_id: UUID, token: str) -> Response:
    """Give back the rows that are not sent, each with its reason, in the format that came."""
    found = access.access_own_call(current_actor(), call_id)
    sent = _open(found, token)
    table = left_out_table(*_judge(found, sent))
    form = form_of(sent.content)
    content = write_like(table, sent.content, title=_("Filas por corregir"))
    response = Response(content, mimetype=TYPES[form.value])
    response.headers["Content-Disposition"] = f'attachment; filename="propuestas-por-corregir.{form.value}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _kind(found: OpenCall) -> str:
    """Return the kind of the links to files: one that was sent for a call opens in no other."""
    return f"nominees.{found.id}"


def _open(found: OpenCall, token: str) -> Upload:
    return open_upload(token, kind=_kind(found), actor=current_actor())


def _judge(found: OpenCall, sent: Upload) -> tuple[Sheet, list[NomineeRow]]:
    sheet = read_table(sent.content, most_rows=MOST_ROWS)
    return sheet, judge_file(found, sheet, actor=current_actor(), now=now())


def _say(done: dict[NominationState, int]) -> None:
    proposed, waiting, late = (
        done.get(state, 0)
        for state in (NominationState.PROPOSED, NominationState.WAITING, NominationState.LATE)
    )
    if proposed:
        say(n_("Se propuso a %(num)s persona.", "Se propuso a %(num)s personas.", proposed))
    if waiting:
        say(
            n_("%(num)s persona queda en la lista de espera.",
               "%(num)s personas quedan en la lista de espera.", waiting),
            "caution",
        )  # fmt: skip
    if late:
        say(
            n_("Pidió una excepción para %(num)s persona. La comisión responde por correo.",
               "Pidió una excepción para %(num)s personas. La comisión responde por correo.", late),
        )  # fmt: skip
    if not proposed + waiting + late:
        say(_("No había nadie nuevo por proponer."), "info")
