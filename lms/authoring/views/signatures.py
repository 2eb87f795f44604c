"""What waits for a signature, and the page on which it is read and signed."""

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from lms.authoring import access, queries, signing
from lms.authoring.compiling import compile_files
from lms.authoring.forms import SignForm
from lms.authoring.models import Draft
from lms.authoring.permissions import AuthoringPermission
from lms.authoring.preview import find_unit
from lms.authoring.signing import Item, Signing
from lms.authoring.views.blueprint import bp
from lms.authoring.views.desk import open_draft
from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires
from lms.courses.compiler.course import Course, Lesson, SourceEntry
from lms.web.kit import go, render, say


@bp.get("/<uuid:draft_id>/signatures")
@requires(AuthoringPermission.READ)
def signatures(draft_id: UUID) -> ResponseReturnValue:
    """List what the draft marks to be verified, and who signed what."""
    draft = open_draft(draft_id, AuthoringPermission.READ)
    return render(
        "authoring/signatures.html",
        draft=draft,
        items=signing.list_items(queries.files_of(draft.id)),
        can_sign=access.may(current_actor(), AuthoringPermission.SIGN, draft),
    )


@bp.route("/<uuid:draft_id>/signatures/<any(page, question, step):kind>/<path:item>", methods=["GET", "POST"])
@requires(AuthoringPermission.SIGN)
def sign(draft_id: UUID, kind: str, item: str) -> ResponseReturnValue:
    """Show the exact text with its sources, then sign it."""
    draft = open_draft(draft_id, AuthoringPermission.SIGN)
    found = signing.access_item(draft, kind, item)
    form = SignForm()
    if form.validate_on_submit():
        said = Signing(
            fingerprint=form.fingerprint.data or "", post=str(form.post.data), note=form.note.data or ""
        )
        signing.sign(draft, found, said, day=today(), actor=current_actor(), now=now())
        say(_("Firmado. Saldrá en la próxima versión mientras el texto no cambie."))
        return go(url_for(".signatures", draft_id=draft.id))
    form.fingerprint.data = found.mark.fingerprint
    return render(
        "authoring/sign.html",
        draft=draft,
        item=found,
        form=form,
        sources=_sources(draft, found),
        status=422 if form.errors else 200,
    )


def _sources(draft: Draft, item: Item) -> tuple[SourceEntry, ...]:
    """Return the documents that the page or the step of an item cites; those of the course when it names none."""
    course = compile_files(queries.files_of(draft.id), draft.slug).attempt
    if course is None:
        return ()
    if item.mark.kind == "step":
        own = _basis(course, item.mark.item)
    else:
        found = find_unit(course, item.mark.page)
        own = found[1].sources if found and isinstance(found[1], Lesson) else ()
    return own or course.sources


def _basis(course: Course, item: str) -> tuple[SourceEntry, ...]:
    key, _slash, step_id = item.partition("/")
    steps = [
        step for route in course.routes if route.key == key for step in route.steps if step.id == step_id
    ]
    cited = {basis.source for step in steps for basis in step.basis}
    return tuple(source for source in course.sources if source.key in cited)
