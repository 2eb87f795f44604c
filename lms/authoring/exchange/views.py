"""Pages to carry courses in and out."""

from uuid import UUID

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import access
from lms.authoring.errors import DraftExists
from lms.authoring.exchange import queries, service
from lms.authoring.exchange.carried import GRADED, Carried, Form, carry_draft, carry_release, compiled, pack
from lms.authoring.exchange.errors import ArchiveRefused, GitMissing
from lms.authoring.exchange.forms import ArchiveForm, NewArchiveForm
from lms.authoring.exchange.service import Brought, foreign_sentence
from lms.authoring.permissions import AuthoringPermission
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.courses.access import access_release
from lms.courses.permissions import CoursePermission
from lms.web.kit import go, render, say

bp = Blueprint("exchange", __name__, url_prefix="/authoring", template_folder="templates")


@bp.route("/import", methods=["GET", "POST"])
@requires(AuthoringPermission.EDIT)
def bring() -> ResponseReturnValue:
    """Open a draft with the course of an archive."""
    form, known = NewArchiveForm(), None
    if form.validate_on_submit():
        sent = form.file.data
        try:
            brought = service.bring_draft(
                sent.read(),
                slug=form.slug.data or "",
                name=sent.filename or "",
                actor=current_actor(),
                now=now(),
            )
        except (ArchiveRefused, GitMissing) as refusal:
            form.refuse("file", refusal.message)
        except DraftExists as refusal:
            form.refuse(
                "slug", _("Ese curso ya tiene un borrador abierto: reemplácelo o escriba otra dirección.")
            )
            known = refusal.draft_id
        else:
            say(_("Curso traído. Revise sus problemas antes de pedir revisión."))
            return _brought(brought)
    status = 422 if form.errors else 200
    return render("exchange/bring.html", form=form, draft=None, known=known, status=status)


@bp.route("/<uuid:draft_id>/replace", methods=["GET", "POST"])
@requires(AuthoringPermission.EDIT)
def replace(draft_id: UUID) -> ResponseReturnValue:
    """Make a draft hold exactly the files of an archive."""
    draft = access.access_draft(current_actor(), AuthoringPermission.EDIT, draft_id)
    form = ArchiveForm()
    if form.validate_on_submit():
        sent = form.file.data
        try:
            brought = service.replace_draft(
                draft, sent.read(), name=sent.filename or "", actor=current_actor(), now=now()
            )
        except (ArchiveRefused, GitMissing) as refusal:
            form.refuse("file", refusal.message)
        else:
            say(_("El borrador tiene ahora los %(count)s archivos que trajo.", count=brought.files))
            return _brought(brought)
    status = 422 if form.errors else 200
    return render("exchange/bring.html", form=form, draft=draft, known=None, status=status)


@bp.get("/<uuid:draft_id>/carry")
@requires(AuthoringPermission.READ)
def draft_forms(draft_id: UUID) -> ResponseReturnValue:
    """Say in which forms a draft can leave."""
    return _forms(_draft(draft_id), "draft", draft_id)


@bp.get("/releases/<uuid:release_id>/carry")
@requires(CoursePermission.READ_RELEASES)
def release_forms(release_id: UUID) -> ResponseReturnValue:
    """Say in which forms a release can leave."""
    return _forms(_release(release_id), "release", release_id)


@bp.get("/<uuid:draft_id>/carry/as/<form>")
@requires(AuthoringPermission.READ)
def draft_file(draft_id: UUID, form: str) -> ResponseReturnValue:
    """Send a draft in a form, without the keys of its quizzes unless it is the files themselves."""
    return _package(_draft(draft_id), _form(form))


@bp.get("/releases/<uuid:release_id>/carry/as/<form>")
@requires(CoursePermission.READ_RELEASES)
def release_file(release_id: UUID, form: str) -> ResponseReturnValue:
    """Send a release in a form, without the keys of its quizzes unless it is the files themselves."""
    return _package(_release(release_id), _form(form))


@bp.post("/<uuid:draft_id>/carry/as/<form>")
@requires(AuthoringPermission.EDIT)
def draft_with_keys(draft_id: UUID, form: str) -> ResponseReturnValue:
    """Send a draft with the keys of its quizzes; the audit trail says so."""
    access.access_draft(current_actor(), AuthoringPermission.EDIT, draft_id)
    return _package_with_keys(_draft(draft_id), _form(form))


@bp.post("/releases/<uuid:release_id>/carry/as/<form>")
@requires(CoursePermission.READ_RELEASES)
def release_with_keys(release_id: UUID, form: str) -> ResponseReturnValue:
    """Send a release with the keys of its quizzes; the audit trail says so."""
    return _package_with_keys(_release(release_id), _form(form))


@bp.post("/<uuid:draft_id>/carry/booklet")
@requires(AuthoringPermission.READ)
def order_draft_booklet(draft_id: UUID) -> ResponseReturnValue:
    """Have the booklet of a draft drawn."""
    return _order_booklet(_draft(draft_id), url_for(".draft_forms", draft_id=draft_id))


@bp.post("/releases/<uuid:release_id>/carry/booklet")
@requires(CoursePermission.READ_RELEASES)
def order_release_booklet(release_id: UUID) -> ResponseReturnValue:
    """Have the booklet of a release drawn."""
    return _order_booklet(_release(release_id), url_for(".release_forms", release_id=release_id))


@bp.get("/<uuid:draft_id>/carry/booklet")
@requires(AuthoringPermission.READ)
def draft_booklet(draft_id: UUID) -> ResponseReturnValue:
    """Send the booklet of a draft."""
    return _booklet(_draft(draft_id))


@bp.get("/releases/<uuid:release_id>/carry/booklet")
@requires(CoursePermission.READ_RELEASES)
def release_booklet(release_id: UUID) -> ResponseReturnValue:
    """Send the booklet of a release."""
    return _booklet(_release(release_id))


def _brought(brought: Brought) -> ResponseReturnValue:
    if brought.foreign:
        say(foreign_sentence(brought.foreign), "caution")
    return go(url_for("authoring.draft_page", draft_id=brought.draft.id))


def _form(word: str) -> Form:
    try:
        return Form(word)
    except ValueError as error:
        raise NotFound from error


def _draft(draft_id: UUID) -> Carried:
    return carry_draft(access.access_draft(current_actor(), AuthoringPermission.READ, draft_id))


def _release(release_id: UUID) -> Carried:
    return carry_release(*access_release(current_actor(), CoursePermission.READ_RELEASES, release_id))


def _forms(carried: Carried, kind: str, source_id: UUID) -> ResponseReturnValue:
    booklet = queries.find_booklet(carried.stamp)
    address = {f"{kind}_id": source_id}
    return render(
        "exchange/forms.html",
        carried=carried,
        kind=kind,
        address=address,
        booklet=booklet,
        graded=GRADED,
        forms=Form,
    )


def _package(carried: Carried, form: Form) -> Response:
    return _sent(pack(carried, form, day=today()), f"{carried.slug}-{form.value}.zip", "application/zip")


def _package_with_keys(carried: Carried, form: Form) -> Response:
    if form not in GRADED:
        raise NotFound
    content = pack(carried, form, day=today(), has_keys=True)
    service.note_keys(carried, form, actor=current_actor(), now=now())
    return _sent(content, f"{carried.slug}-{form.value}.zip", "application/zip")


def _order_booklet(carried: Carried, back: str) -> ResponseReturnValue:
    compiled(carried)
    booklet = service.order_booklet(carried, now=now())
    if booklet.sha256 is None:
        say(_("El folleto se está preparando. Tarda menos de un minuto: esta página lo tendrá."), "info")
    return go(back)


def _booklet(carried: Carried) -> Response:
    booklet = queries.find_booklet(carried.stamp)
    if booklet is None or booklet.sha256 is None:
        raise NotFound
    return _sent(current_storage().get(booklet.sha256), f"{carried.slug}.pdf", "application/pdf")


def _sent(content: bytes, name: str, media_type: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
