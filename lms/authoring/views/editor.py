"""The editor of a file: its source, how it looks, what is wrong with it, and saving without losing anything."""

from typing import Any
from uuid import UUID

from flask import jsonify, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import access, diffs, queries, service
from lms.authoring.editor_words import editor_words
from lms.authoring.errors import FileChanged, TooLarge
from lms.authoring.models import Draft, DraftFile
from lms.authoring.permissions import AuthoringPermission
from lms.authoring.preview import DEVICES
from lms.authoring.rules import SIGNATURES
from lms.authoring.texts import is_text, normal, read_text, write_text
from lms.authoring.views.blueprint import bp
from lms.authoring.views.desk import answer_of, look_over, names_of, open_desk, open_draft
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.context import current_settings, current_storage, registry
from lms.core.errors import DomainError
from lms.core.i18n import _
from lms.core.places import PLACES
from lms.core.policy import reads_only, requires
from lms.courses.compiler.source import MAX_TEXT
from lms.plugins.blocks import by_name
from lms.web import formats
from lms.web.kit import go, render, say


@bp.get("/<uuid:draft_id>/files/<path:path>")
@requires(AuthoringPermission.READ)
def file_page(draft_id: UUID, path: str) -> ResponseReturnValue:
    """Show a file with its source, its preview and the problems of the whole draft."""
    draft = open_draft(draft_id, AuthoringPermission.READ)
    file = access.access_file(draft, path)
    desk = open_desk(draft, path, request.args)
    content = current_storage().get(file.sha256)
    text = read_text(content) if is_text(path) else None
    can_edit = access.may(current_actor(), AuthoringPermission.EDIT, draft)
    return render(
        "authoring/editor.html",
        draft=draft,
        file=file,
        text=text,
        can_edit=can_edit,
        can_type=can_edit and text is not None and path != SIGNATURES,
        findings=look_over(desk, request.args),
        saved=_saved_at(file),
        words=editor_words(),
        names={**names_of(desk), "blocks": sorted(by_name(registry("markdown_blocks").values()))},
        places={code: place.name for code, place in PLACES.items()},
        devices=DEVICES,
        row=queries.get_row(draft.id),
    )


@bp.post("/<uuid:draft_id>/files/<path:path>")
@requires(AuthoringPermission.EDIT)
def save_file(draft_id: UUID, path: str) -> ResponseReturnValue:
    """Save what was typed; when somebody else saved in between, nothing is written and both texts are shown."""
    draft = open_draft(draft_id, AuthoringPermission.EDIT)
    is_json = request.accept_mimetypes.best == "application/json"
    typed, base = request.form.get("text", ""), request.form.get("base", "")
    try:
        file = service.save_text(draft, path, typed, base=base, actor=current_actor(), now=now())
    except FileChanged as refusal:
        return _conflict(draft, path, typed, refusal, is_json=is_json)
    except DomainError as refusal:
        if not is_json:
            raise
        return jsonify(message=str(refusal)), 422
    if is_json:
        return jsonify(base=file.sha256, state=_saved_at(file))
    say(_("Guardado."))
    return go(url_for(".file_page", draft_id=draft.id, path=path))


@bp.post("/<uuid:draft_id>/check/<path:path>")
@reads_only
@requires(AuthoringPermission.READ)
def check_file(draft_id: UUID, path: str) -> ResponseReturnValue:
    """Say how the text being typed would look and what would be wrong with it; nothing is kept."""
    draft = open_draft(draft_id, AuthoringPermission.READ)
    file = access.access_file(draft, path)
    before = current_storage().get(file.sha256)
    typed = {}
    if is_text(path) and "text" in request.form and read_text(before) is not None:
        typed = {path: write_text(before, request.form["text"])}
        if len(typed[path]) > MAX_TEXT:
            return jsonify(message=str(TooLarge())), 422
    return jsonify(answer_of(look_over(open_desk(draft, path, request.form, typed))))


def _conflict(
    draft: Draft, path: str, typed: str, refusal: FileChanged, *, is_json: bool
) -> ResponseReturnValue:
    """Show both texts; the one that was typed is in the form, so that nothing is lost by reading on."""
    file = queries.find_file(draft.id, path)
    theirs = (read_text(current_storage().get(file.sha256)) or "") if file else ""
    values: dict[str, Any] = {
        "base": file.sha256 if file else service.NEW,
        "by": queries.name_of(file.saved_by_id) if file else "",
        "compare_url": url_for(".file_history", draft_id=draft.id, path=path),
    }
    if is_json:
        return jsonify(message=str(refusal), theirs=theirs, **values), 409
    return render(
        "authoring/conflict.html",
        draft=draft,
        path=path,
        typed=normal(typed),
        difference=diffs.by_line(theirs, normal(typed)),
        status=409,
        **values,
    )


def _saved_at(file: DraftFile) -> str:
    time = formats.clock(file.saved_at, timezone=current_settings().zone)
    return str(_("Guardado a las %(time)s", time=time))
