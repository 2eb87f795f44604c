"""New files, other names, deleting, pictures, and searching and replacing in all of them."""

import re
from pathlib import PurePosixPath
from typing import Final
from uuid import UUID

from flask import Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import access, queries, searching, service
from lms.authoring.compiling import read_tree
from lms.authoring.errors import BadPath, KeptBySignatures, PathTaken
from lms.authoring.forms import MoveForm, NewFileForm, SearchForm, UploadForm
from lms.authoring.models import Draft
from lms.authoring.permissions import AuthoringPermission
from lms.authoring.texts import read_text, write_text
from lms.authoring.views.blueprint import bp
from lms.authoring.views.desk import open_draft
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.errors import DomainError
from lms.core.i18n import _, n_
from lms.core.policy import requires
from lms.courses.compiler import manifest
from lms.courses.compiler.slugs import slugify, without_number
from lms.courses.starter import new_bank, new_lesson, new_quiz, new_simulation, with_module
from lms.web.kit import go, render, say

_NUMBERED: Final = re.compile(r"(\d{1,4})-[^/]*\.md$")
"""The name of a page in its folder that says which one it is."""
PAGES: Final = frozenset({"lesson", "quiz", "simulation"})
"""Kinds of file that stand in the folder of a module."""
_ACCENTED: Final = re.compile(r"([cs]i)on\b")
"""Names of files have no accents; these Spanish words always do."""


@bp.route("/<uuid:draft_id>/new-file", methods=["GET", "POST"])
@requires(AuthoringPermission.EDIT)
def new_file(draft_id: UUID) -> ResponseReturnValue:
    """Add a lesson, a quiz, a simulation or another text to a draft."""
    draft = open_draft(draft_id, AuthoringPermission.EDIT)
    form = NewFileForm(data=_proposal(queries.files_of(draft.id)) if request.method == "GET" else None)
    if form.validate_on_submit():
        path = str(form.name.data)
        try:
            path = service.add_file(
                draft, path, _first_text(str(form.kind.data), path), actor=current_actor(), now=now()
            )
        except (BadPath, KeptBySignatures, PathTaken) as refusal:
            form.refuse("name", refusal.message)
        else:
            _add_module(draft, str(form.kind.data), path)
            return go(url_for(".file_page", draft_id=draft.id, path=path))
    return render("authoring/new_file.html", draft=draft, form=form, status=422 if form.errors else 200)


@bp.route("/<uuid:draft_id>/move/<path:path>", methods=["GET", "POST"])
@requires(AuthoringPermission.EDIT)
def move_file(draft_id: UUID, path: str) -> ResponseReturnValue:
    """Give a file another name."""
    draft = open_draft(draft_id, AuthoringPermission.EDIT)
    file = access.access_file(draft, path)
    form = MoveForm(data={"name": path} if request.method == "GET" else None)
    if form.validate_on_submit():
        try:
            new = service.move_file(draft, file, str(form.name.data), actor=current_actor(), now=now())
        except (BadPath, KeptBySignatures, PathTaken) as refusal:
            form.refuse("name", refusal.message)
        else:
            say(
                _(
                    "El archivo ya se llama %(path)s. Revise en «Problemas» los enlaces que llevaban a él.",
                    path=new,
                )
            )
            return go(url_for(".file_page", draft_id=draft.id, path=new))
    return render(
        "authoring/move_file.html", draft=draft, path=path, form=form, status=422 if form.errors else 200
    )


@bp.route("/<uuid:draft_id>/delete/<path:path>", methods=["GET", "POST"])
@requires(AuthoringPermission.EDIT)
def delete_file(draft_id: UUID, path: str) -> ResponseReturnValue:
    """Ask, then take a file out of the draft; its history brings it back."""
    draft = open_draft(draft_id, AuthoringPermission.EDIT)
    file = access.access_file(draft, path)
    if request.method == "GET":
        return render("authoring/delete_file.html", draft=draft, path=path)
    service.delete_file(draft, file, actor=current_actor(), now=now())
    say(_("Se borró %(path)s. Desde su historial puede recuperarlo.", path=path))
    return go(url_for(".file_history", draft_id=draft.id, path=path))


@bp.route("/<uuid:draft_id>/uploads", methods=["GET", "POST"])
@requires(AuthoringPermission.EDIT)
def upload(draft_id: UUID) -> ResponseReturnValue:
    """Keep a picture in the draft and say how to write it into the page."""
    draft = open_draft(draft_id, AuthoringPermission.EDIT)
    form, is_json = UploadForm(), request.accept_mimetypes.best == "application/json"
    if form.validate_on_submit():
        sent, page = form.file.data, form.path.data or ""
        with sent.stream:
            content = sent.read()
        try:
            path = service.add_picture(draft, sent.filename or "", content, actor=current_actor(), now=now())
        except DomainError as refusal:
            if is_json:
                return jsonify(message=str(refusal)), 422
            form.refuse("file", refusal.message)
        else:
            if is_json:
                return jsonify(path=path, markdown=f"![]({_relative(page, path)})"), 201
            say(
                _(
                    "Imagen guardada. En la lección escriba ![qué se ve](%(path)s).",
                    path=_relative(page, path),
                )
            )
            return go(url_for(".file_page", draft_id=draft.id, path=path))
    if is_json:
        return jsonify(message=_("Elija una imagen.")), 422
    return render("authoring/upload.html", draft=draft, form=form, status=422 if form.errors else 200)


@bp.get("/<uuid:draft_id>/raw/<path:path>")
@requires(AuthoringPermission.READ)
def raw_file(draft_id: UUID, path: str) -> ResponseReturnValue:
    """Send the bytes of a file as they are."""
    draft = open_draft(draft_id, AuthoringPermission.READ)
    file = access.access_file(draft, path)
    response = Response(current_storage().get(file.sha256), content_type="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=PurePosixPath(path).name)
    return response


@bp.get("/<uuid:draft_id>/search")
@requires(AuthoringPermission.READ)
def search_files(draft_id: UUID) -> ResponseReturnValue:
    """Look for a text in all files, and show what a replacement would leave."""
    draft = open_draft(draft_id, AuthoringPermission.READ)
    form = SearchForm(request.args)
    tree = read_tree(queries.files_of(draft.id))
    found = searching.find(tree, form.q.data or "", exact=form.exact.data)
    return render(
        "authoring/search.html",
        draft=draft,
        form=form,
        found=found,
        by=form.by.data or "",
        wants_replace="by" in request.args,
        can_edit=access.may(current_actor(), AuthoringPermission.EDIT, draft),
    )


@bp.post("/<uuid:draft_id>/search")
@requires(AuthoringPermission.EDIT)
def replace_in_files(draft_id: UUID) -> ResponseReturnValue:
    """Replace a text in the files that were chosen."""
    draft = open_draft(draft_id, AuthoringPermission.EDIT)
    form = SearchForm(request.form)
    chosen = set(request.form.getlist("file"))
    service.hold(draft)
    tree = read_tree({k: v for k, v in queries.files_of(draft.id).items() if k in chosen})
    changed, count = searching.replace(tree, form.q.data or "", form.by.data or "", exact=form.exact.data)
    note = _(
        "Reemplazo de «%(old)s» por «%(new)s»", old=(form.q.data or "")[:80], new=(form.by.data or "")[:80]
    )
    if changed:
        service.write_files(draft, changed, actor=current_actor(), now=now(), note=note)
        say(n_("Se reemplazó una vez.", "Se reemplazó %(num)s veces.", count))
    else:
        say(_("No había nada que reemplazar en los archivos elegidos."), "info")
    return go(url_for(".search_files", draft_id=draft.id, q=form.by.data or form.q.data))


def _proposal(files: dict[str, str]) -> dict[str, str]:
    """Return what the form offers: the missing file of a problem, or the next lesson of the module at hand."""
    if name := request.args.get("name", ""):
        return {"name": name, "kind": "lesson" if name.endswith(".md") and "/" in name else "file"}
    folder = request.args.get("beside", "").rpartition("/")[0]
    if not folder:
        return {"name": "", "kind": "lesson"}
    numbers = [int(found[1]) for path in files if (found := _NUMBERED.match(path.removeprefix(f"{folder}/")))]
    return {"name": f"{folder}/{max(numbers, default=0) + 1:02}-", "kind": "lesson"}


def _add_module(draft: Draft, kind: str, path: str) -> None:
    """Name the folder of a new page in curso.yaml when the page is the first of its module."""
    folder, _slash, name = path.partition("/")
    files = queries.files_of(draft.id)
    is_first = not any(each.startswith(f"{folder}/") for each in files if each != path)
    if kind not in PAGES or not name or "/" in name or not is_first or manifest.PATH not in files:
        return
    before = current_storage().get(files[manifest.PATH])
    text, title = read_text(before) or "", _title(folder)
    after = with_module(text, folder, title)
    if after is not None and not re.search(rf"\b{re.escape(folder)}\b", text):
        written = {manifest.PATH: write_text(before, after)}
        service.write_files(draft, written, actor=current_actor(), now=now())
        say(
            _(
                "Se agregó el módulo «%(title)s» a curso.yaml: escriba allí su título, su objetivo y sus horas.",
                title=title,
            )
        )


def _title(name: str) -> str:
    """Return how a person would write the name of a file or folder."""
    plain = slugify(without_number(name)).replace("-", " ")
    return _ACCENTED.sub(r"\1ón", plain).capitalize()


def _first_text(kind: str, path: str) -> bytes:
    title = _title(PurePosixPath(path).name)
    key = slugify(path.removesuffix(".md"))
    match kind:
        case "lesson":
            return new_lesson(title, key, today=today()).encode()
        case "quiz":
            return new_quiz(title, key).encode()
        case "simulation":
            return new_simulation(title, today=today()).encode()
        case "bank":
            return new_bank(title, key).encode()
        case _:
            return b"\n"


def _relative(page: str, path: str) -> str:
    """Return how a page writes the address of another file of the course; without one, how any lesson does."""
    return "../" * (page.count("/") if page else 1) + path
