"""The list of drafts, opening and discarding one, and the page of one with its people."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.queries import find_person_by_email
from lms.authoring import access, queries, service
from lms.authoring.compiling import compile_files
from lms.authoring.errors import DraftExists
from lms.authoring.forms import DraftFilter, NewDraftForm, PersonForm
from lms.authoring.models import DraftPerson, Part
from lms.authoring.permissions import AuthoringPermission
from lms.authoring.reviewing import list_reviews
from lms.authoring.views.blueprint import bp
from lms.authoring.views.desk import open_draft
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.courses.access import access_release
from lms.courses.compiler.slugs import slugify
from lms.courses.permissions import CoursePermission
from lms.courses.queries import find_course
from lms.courses.starter import new_course
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, paginate


@bp.get("/")
@requires(AuthoringPermission.READ)
def index() -> ResponseReturnValue:
    """List the drafts in reach, the last changed first."""
    actor, form = current_actor(), DraftFilter(request.args)
    found = queries.search_drafts(queries.visible_to(actor, AuthoringPermission.READ), form.q.data or "")
    page = paginate(queries.draft_rows(found), page_number())
    rows = [queries.draft_row(row) for row in page.rows]
    return render(
        "authoring/index.html",
        form=form,
        page=Page(rows=rows, number=page.number, total=page.total, per_page=page.per_page),
        can_write=actor.can(AuthoringPermission.EDIT),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(AuthoringPermission.EDIT)
def new_draft() -> ResponseReturnValue:
    """Open a draft of a course that is not there yet, with files that pass the checker."""
    form = NewDraftForm()
    if form.validate_on_submit():
        title = str(form.title.data)
        slug = form.slug.data or slugify(title)[:80].strip("-") or "curso"
        if find_course(slug) or queries.find_open_draft(slug):
            form.refuse("slug", _("Ya hay un curso o un borrador con esa dirección: escriba otra."))
        else:
            files = new_course(title, today=today())
            draft = service.create_draft(slug, files, actor=current_actor(), now=now())
            say(_("Este es su curso nuevo: escriba sobre el texto de muestra."))
            return go(url_for(".draft_page", draft_id=draft.id))
    return render("authoring/new_draft.html", form=form, status=422 if form.errors else 200)


@bp.route("/releases/<uuid:release_id>/open", methods=["GET", "POST"])
@requires(AuthoringPermission.EDIT)
def open_release(release_id: UUID) -> ResponseReturnValue:
    """Ask, then open a draft with the files of a release."""
    actor = current_actor()
    course, release = access_release(actor, CoursePermission.READ_RELEASES, release_id)
    known = queries.find_open_draft(course.slug)
    if known and access.may(actor, AuthoringPermission.READ, known):
        say(_("Este curso ya tiene un borrador abierto: es este."), "info")
        return go(url_for(".draft_page", draft_id=known.id))
    if request.method == "GET":
        return render(
            "authoring/open_release.html", course=course, release=release, is_taken=known is not None
        )
    if known:
        raise DraftExists(known.id)
    draft = service.open_release(course, release, actor=actor, now=now())
    say(_("Borrador abierto con los archivos de la versión %(number)s.", number=release.number))
    return go(url_for(".draft_page", draft_id=draft.id))


@bp.get("/<uuid:draft_id>")
@requires(AuthoringPermission.READ)
def draft_page(draft_id: UUID) -> ResponseReturnValue:
    """Show a draft: how it stands, its problems, its reviews, its people and what was deleted."""
    actor = current_actor()
    draft = open_draft(draft_id, AuthoringPermission.READ)
    files = queries.files_of(draft.id)
    compilation = compile_files(files, draft.slug)
    return render(
        "authoring/draft.html",
        draft=draft,
        row=queries.get_row(draft.id),
        files=files,
        course=compilation.attempt,
        first=_first_page(files),
        reviews=list_reviews(draft.id),
        people=queries.list_people(draft.id),
        deleted=queries.list_deleted(draft.id),
        can_edit=access.may(actor, AuthoringPermission.EDIT, draft),
        can_release=actor.reach(CoursePermission.RELEASE).everywhere,
    )


@bp.route("/<uuid:draft_id>/discard", methods=["GET", "POST"])
@requires(AuthoringPermission.EDIT)
def discard_draft(draft_id: UUID) -> ResponseReturnValue:
    """Ask, then put a draft away."""
    draft = open_draft(draft_id, AuthoringPermission.EDIT)
    if request.method == "GET":
        return render("authoring/discard.html", draft=draft)
    service.discard(draft, actor=current_actor(), now=now())
    say(_("Borrador descartado. Las versiones publicadas siguen como estaban."))
    return go(url_for(".index"))


@bp.route("/<uuid:draft_id>/people", methods=["GET", "POST"])
@requires(AuthoringPermission.EDIT)
def people(draft_id: UUID) -> ResponseReturnValue:
    """Show who works on a draft, and invite somebody by the address of their account."""
    draft = open_draft(draft_id, AuthoringPermission.EDIT)
    form = PersonForm()
    if form.validate_on_submit():
        person = find_person_by_email(str(form.email.data))
        if person is None or not person.is_active:
            form.refuse("email", _("No hay una cuenta con ese correo."))
        else:
            service.invite(draft, person, Part(form.part.data), actor=current_actor(), now=now())
            say(_("%(name)s ya puede abrir este borrador.", name=person.name))
            return go(url_for(".people", draft_id=draft.id))
    return render(
        "authoring/people.html",
        draft=draft,
        form=form,
        people=queries.list_people(draft.id),
        status=422 if form.errors else 200,
    )


@bp.post("/<uuid:draft_id>/people/<uuid:place_id>/remove")
@requires(AuthoringPermission.EDIT)
def remove_person(draft_id: UUID, place_id: UUID) -> ResponseReturnValue:
    """End somebody's work on a draft."""
    draft = open_draft(draft_id, AuthoringPermission.EDIT)
    place = db.session.get(DraftPerson, place_id)
    if place is None or place.draft_id != draft.id:
        raise NotFound
    service.uninvite(draft, place, actor=current_actor(), now=now())
    say(_("Esa persona ya no trabaja en este borrador."))
    return go(
        url_for(".people", draft_id=draft.id)
        if place.person_id != current_actor().person_id
        else url_for(".index")
    )


def _first_page(files: dict[str, str]) -> str:
    """Return the file with which somebody begins to read a draft."""
    pages = sorted(path for path in files if path.endswith(".md") and "/" in path)
    return next(iter(pages), "") or next(iter(sorted(files)), "")
