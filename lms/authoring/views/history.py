"""The history of a file: who changed what, each change, and bringing an earlier text back."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import access, diffs, queries, service
from lms.authoring.models import FileRevision
from lms.authoring.permissions import AuthoringPermission
from lms.authoring.texts import read_text
from lms.authoring.views.blueprint import bp
from lms.authoring.views.desk import open_draft
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.context import current_settings, current_storage
from lms.core.errors import NotFound
from lms.core.i18n import _, current_language
from lms.core.policy import requires
from lms.web import formats
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, paginate


@bp.get("/<uuid:draft_id>/history/<path:path>")
@requires(AuthoringPermission.READ)
def file_history(draft_id: UUID, path: str) -> ResponseReturnValue:
    """List the changes of a file, newest first; a deleted one has its history too."""
    draft = open_draft(draft_id, AuthoringPermission.READ)
    page = paginate(queries.history_of(draft.id, path), page_number())
    if not page.rows:
        raise NotFound
    rows = [queries.revision_row(row) for row in page.rows]
    return render(
        "authoring/history.html",
        draft=draft,
        path=path,
        file=queries.find_file(draft.id, path),
        page=Page(rows=rows, number=page.number, total=page.total, per_page=page.per_page),
    )


@bp.get("/<uuid:draft_id>/revisions/<uuid:revision_id>")
@requires(AuthoringPermission.READ)
def revision(draft_id: UUID, revision_id: UUID) -> ResponseReturnValue:
    """Show what one change did, or with ``?against=now`` what changed since."""
    draft = open_draft(draft_id, AuthoringPermission.READ)
    found = access.access_revision(draft, revision_id)
    file = queries.find_file(draft.id, found.path)
    earlier = queries.find_revision_before(found)
    is_now = request.args.get("against") == "now"
    before, after = (
        (found.sha256, file.sha256 if file else None)
        if is_now
        else (earlier.sha256 if earlier else None, found.sha256)
    )
    texts = [_text(digest) for digest in (before, after)]
    return render(
        "authoring/revision.html",
        draft=draft,
        revision=found,
        by=queries.name_of(found.by_id),
        file=file,
        is_now=is_now,
        is_text=None not in texts,
        difference=diffs.by_line(texts[0] or "", texts[1] or ""),
        can_restore=_can_restore(found, file.sha256 if file else None)
        and access.may(current_actor(), AuthoringPermission.EDIT, draft),
    )


@bp.post("/<uuid:draft_id>/revisions/<uuid:revision_id>/restore")
@requires(AuthoringPermission.EDIT)
def restore_revision(draft_id: UUID, revision_id: UUID) -> ResponseReturnValue:
    """Make the file again what it was after this change."""
    draft = open_draft(draft_id, AuthoringPermission.EDIT)
    found = access.access_revision(draft, revision_id)
    moment = formats.date_time(found.at, language=current_language(), timezone=current_settings().zone)
    note = _("Como estaba el %(moment)s", moment=moment)
    service.restore(draft, found, actor=current_actor(), now=now(), note=note)
    say(_("Archivo recuperado. Lo que había queda también en el historial."))
    if queries.find_file(draft.id, found.path):
        return go(url_for(".file_page", draft_id=draft.id, path=found.path))
    return go(url_for(".draft_page", draft_id=draft.id))


def _can_restore(found: FileRevision, current: str | None) -> bool:
    return found.sha256 is not None and found.sha256 != current


def _text(digest: str | None) -> str | None:
    """Return the text of some bytes; empty for a file that was not there, None for what is no text."""
    return read_text(current_storage().get(digest)) if digest else ""
