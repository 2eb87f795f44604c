"""Pages on which questions come into a draft, and leave a draft or a release."""

from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessments.exchange.asked import Reading
from lms.assessments.exchange.formats import Format, guessed, read, write
from lms.assessments.transfers import service
from lms.assessments.transfers.forms import NAMES, FileForm, TargetForm
from lms.assessments.transfers.held import Held, held_file, hold_file
from lms.assessments.transfers.rules import FOLDER, bank_choices, known_questions
from lms.assessments.transfers.shown import MOST_SHOWN, by_reason, shown_items
from lms.assessments.transfers.taking import chosen_of, pictures_of, sources_of
from lms.authoring import access
from lms.authoring.errors import BadPath, BadPicture, TooLarge
from lms.authoring.exchange.carried import Carried, carry_draft, carry_release
from lms.authoring.models import Draft
from lms.authoring.permissions import AuthoringPermission
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.courses.access import access_release
from lms.courses.compiler.slugs import slugify
from lms.courses.permissions import CoursePermission
from lms.web.kit import go, render, say

bp = Blueprint("questions", __name__, url_prefix="/authoring", template_folder="templates")


@bp.route("/<uuid:draft_id>/questions/bring", methods=["GET", "POST"])
@requires(AuthoringPermission.EDIT)
def bring(draft_id: UUID) -> ResponseReturnValue:
    """Take a file of questions and go on to what it holds."""
    draft = access.access_draft(current_actor(), AuthoringPermission.EDIT, draft_id)
    form = FileForm()
    if form.validate_on_submit():
        sent = form.file.data
        with sent.stream:
            token = hold_file(draft, sent.read(), name=sent.filename or "", now=now())
        return go(url_for(".preview", draft_id=draft.id, token=token, format=form.form.data or None))
    return render("transfers/bring.html", draft=draft, form=form, status=422 if form.errors else 200)


@bp.get("/<uuid:draft_id>/questions/bring/<token>")
@requires(AuthoringPermission.EDIT)
def preview(draft_id: UUID, token: str) -> ResponseReturnValue:
    """Show what a file holds, what of it will not come in, and where it would go."""
    draft = access.access_draft(current_actor(), AuthoringPermission.EDIT, draft_id)
    held = held_file(draft, token)
    form = TargetForm(formdata=None, data={"name": slugify(held.name.rpartition(".")[0])[:60] or "traidas"})
    return _preview(draft, token, held, form)


@bp.post("/<uuid:draft_id>/questions/bring/<token>")
@requires(AuthoringPermission.EDIT)
def take(draft_id: UUID, token: str) -> ResponseReturnValue:
    """Write the chosen questions into a bank and open it in the editor."""
    draft = access.access_draft(current_actor(), AuthoringPermission.EDIT, draft_id)
    held = held_file(draft, token)
    reading, form = _read(held), TargetForm()
    _fill(form, draft)
    chosen = _chosen(reading)
    path = form.bank.data or (f"{FOLDER}{form.name.data}.md" if form.name.data else "")
    if form.validate_on_submit() and not path:
        form.refuse("name", _("Escriba el nombre del banco nuevo, o elija uno."))
    if not form.errors and not chosen:
        form.refuse("bank", _("Elija al menos una pregunta."))
    if form.errors:
        return _preview(draft, token, held, form, status=422)
    try:
        brought = service.bring(draft, reading, chosen, path, actor=current_actor(), now=now())
    except (BadPath, BadPicture, TooLarge) as refusal:
        form.refuse("bank", refusal.message)
        return _preview(draft, token, held, form, status=422)
    say(
        n_(
            "Entró %(num)s pregunta. Revise los problemas que quedan.",
            "Entraron %(num)s preguntas. Revise los problemas que quedan.",
            brought.questions,
        )
    )
    address = url_for("authoring.file_page", draft_id=draft.id, path=brought.paths[0])
    return go(f"{address}?line={brought.first_line}")


@bp.get("/<uuid:draft_id>/questions/leave")
@requires(AuthoringPermission.READ)
def leave_draft(draft_id: UUID) -> ResponseReturnValue:
    """Say which questions of a draft can leave, and what each format loses."""
    return _leave(_draft(draft_id), "draft", draft_id)


@bp.get("/<uuid:draft_id>/questions/leave/file")
@requires(AuthoringPermission.READ)
def draft_file(draft_id: UUID) -> ResponseReturnValue:
    """Send the questions of a draft with their keys."""
    return _file(_draft(draft_id))


@bp.get("/releases/<uuid:release_id>/questions/leave")
@requires(CoursePermission.READ_RELEASES)
def leave_release(release_id: UUID) -> ResponseReturnValue:
    """Say which questions of a release can leave, and what each format loses."""
    return _leave(_release(release_id), "release", release_id)


@bp.get("/releases/<uuid:release_id>/questions/leave/file")
@requires(CoursePermission.READ_RELEASES)
def release_file(release_id: UUID) -> ResponseReturnValue:
    """Send the questions of a release with their keys."""
    return _file(_release(release_id))


def _read(held: Held) -> Reading:
    return read(held.content, _format(request.args.get("format", "")) or guessed(held.content, held.name))


def _format(word: str) -> Format | None:
    return Format(word) if word in set(Format) else None


def _chosen(reading: Reading) -> set[str]:
    """Return the ids that were ticked; those that the page did not show come all or none."""
    ticked = set(request.form.getlist("question"))
    rest = reading.items[MOST_SHOWN:] if request.form.get("rest") else ()
    return ticked | {item.asked.id for item in rest}


def _fill(form: TargetForm, draft: Draft) -> None:
    form.bank.fill(
        [(path, path) for path in bank_choices(service.texts_of(draft))], empty=_("Un banco nuevo")
    )


def _preview(
    draft: Draft, token: str, held: Held, form: TargetForm, status: int = 200
) -> ResponseReturnValue:
    reading = _read(held)
    _fill(form, draft)
    form_of = _format(request.args.get("format", "")) or guessed(held.content, held.name)
    return render(
        "transfers/preview.html",
        draft=draft,
        token=token,
        name=held.name,
        form=form,
        format=form_of,
        format_name=NAMES[form_of],
        count=len(reading.items),
        hidden=max(len(reading.items) - MOST_SHOWN, 0),
        lost=[loss for loss in reading.losses if not loss.id],
        items=shown_items(reading, known_questions(service.texts_of(draft))),
        status=status,
    )


def _draft(draft_id: UUID) -> Carried:
    return carry_draft(access.access_draft(current_actor(), AuthoringPermission.READ, draft_id))


def _release(release_id: UUID) -> Carried:
    return carry_release(*access_release(current_actor(), CoursePermission.READ_RELEASES, release_id))


def _leave(carried: Carried, kind: str, source_id: UUID) -> ResponseReturnValue:
    sources = sources_of(carried)
    form, quiz = _format(request.args.get("format", "")) or Format.GIFT, request.args.get("quiz", "")
    questions = chosen_of(sources, quiz)
    writing = write(questions, form, pictures_of(carried))
    return render(
        "transfers/leave.html",
        carried=carried,
        kind=kind,
        address={f"{kind}_id": source_id},
        sources=sources,
        quiz=quiz,
        format=form,
        names=NAMES,
        count=len(questions),
        losses=by_reason(writing.losses),
    )


def _file(carried: Carried) -> Response:
    form = _format(request.args.get("format", "")) or Format.GIFT
    questions = chosen_of(sources_of(carried), request.args.get("quiz", ""))
    writing = write(questions, form, pictures_of(carried))
    response = Response(writing.content, content_type=writing.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"{carried.slug}.{writing.ending}")
    response.headers["Cache-Control"] = "private, no-store"
    return response
