"""Asking for a review, reading what changes, remarks, and the decision."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import access, comparing, queries, reviewing
from lms.authoring.compiling import read_tree
from lms.authoring.errors import ReasonNeeded
from lms.authoring.forms import AskForm, CommentForm, DecisionForm
from lms.authoring.models import Draft, Review, ReviewState
from lms.authoring.permissions import AuthoringPermission
from lms.authoring.views.blueprint import bp
from lms.authoring.views.desk import open_draft
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires
from lms.courses.starter import has_instructions
from lms.web.kit import go, render, say


@bp.route("/<uuid:draft_id>/reviews/ask", methods=["GET", "POST"])
@requires(AuthoringPermission.EDIT)
def ask_review(draft_id: UUID) -> ResponseReturnValue:
    """Show what changed since the newest release, then ask for its review."""
    actor = current_actor()
    draft = open_draft(draft_id, AuthoringPermission.EDIT)
    form = AskForm()
    if form.validate_on_submit():
        review = reviewing.ask(draft, note=form.note.data or "", actor=actor, now=now())
        say(_("Se pidió la revisión. Las personas que pueden revisar reciben un correo."))
        return go(url_for(".review_page", draft_id=draft.id, review_id=review.id))
    files = queries.files_of(draft.id)
    return render(
        "authoring/ask_review.html",
        draft=draft,
        row=queries.get_row(draft.id),
        form=form,
        changes=comparing.changes_of(draft, files),
        difference=comparing.difference_of(draft, files),
        unwritten=[path for path, file in read_tree(files).files.items() if has_instructions(file.content)],
        reviewers=reviewing.list_told(draft, actor.person_id),
        open_review=reviewing.find_open(draft.id),
        status=422 if form.errors else 200,
    )


@bp.get("/<uuid:draft_id>/reviews/<uuid:review_id>")
@requires(AuthoringPermission.READ)
def review_page(draft_id: UUID, review_id: UUID) -> ResponseReturnValue:
    """Show a review: what would change, the remarks, and the forms of whoever decides."""
    draft = open_draft(draft_id, AuthoringPermission.READ)
    review = reviewing.access_review(draft, review_id)
    return _page(draft, review, CommentForm(formdata=None), DecisionForm(formdata=None))


@bp.post("/<uuid:draft_id>/reviews/<uuid:review_id>/comments")
@requires(AuthoringPermission.READ)
def comment(draft_id: UUID, review_id: UUID) -> ResponseReturnValue:
    """Add a remark to a review."""
    draft = open_draft(draft_id, AuthoringPermission.READ)
    review = reviewing.access_review(draft, review_id)
    form = CommentForm()
    form.fill_paths(sorted(review.files))
    if not form.validate_on_submit():
        return _page(draft, review, form, DecisionForm(formdata=None))
    made = reviewing.remark(
        review,
        path=form.path.data or "",
        line=int(form.line.data or 0),
        text=str(form.text.data),
        actor=current_actor(),
        now=now(),
    )
    say(_("Comentario guardado."))
    return go(url_for(".review_page", draft_id=draft.id, review_id=review.id) + f"#comment-{made.id}")


@bp.post("/<uuid:draft_id>/reviews/<uuid:review_id>/approve")
@requires(AuthoringPermission.REVIEW)
def approve(draft_id: UUID, review_id: UUID) -> ResponseReturnValue:
    """Approve the files of a review."""
    draft = open_draft(draft_id, AuthoringPermission.REVIEW)
    review = reviewing.access_review(draft, review_id)
    form = DecisionForm()
    if form.validate_on_submit():
        try:
            reviewing.approve(review, draft, note=form.note.data or "", actor=current_actor(), now=now())
        except ReasonNeeded as refusal:
            form.refuse("note", refusal.message)
        else:
            say(_("Borrador aprobado. Ya puede publicarse."))
            return go(url_for(".review_page", draft_id=draft.id, review_id=review.id))
    return _page(draft, review, CommentForm(formdata=None), form)


@bp.post("/<uuid:draft_id>/reviews/<uuid:review_id>/send-back")
@requires(AuthoringPermission.REVIEW)
def send_back(draft_id: UUID, review_id: UUID) -> ResponseReturnValue:
    """Return the draft to its authors with a note."""
    draft = open_draft(draft_id, AuthoringPermission.REVIEW)
    review = reviewing.access_review(draft, review_id)
    form = DecisionForm()
    if form.validate_on_submit() and form.note.data:
        reviewing.send_back(review, draft, note=form.note.data, actor=current_actor(), now=now())
        say(_("Borrador devuelto. Quien pidió la revisión recibe un correo con su nota."))
        return go(url_for(".review_page", draft_id=draft.id, review_id=review.id))
    if not form.errors:
        form.refuse("note", _("Escriba qué falta corregir."))
    return _page(draft, review, CommentForm(formdata=None), form)


@bp.post("/<uuid:draft_id>/reviews/<uuid:review_id>/withdraw")
@requires(AuthoringPermission.EDIT)
def withdraw_review(draft_id: UUID, review_id: UUID) -> ResponseReturnValue:
    """Take the request back."""
    draft = open_draft(draft_id, AuthoringPermission.EDIT)
    review = reviewing.access_review(draft, review_id)
    reviewing.withdraw(review, draft, actor=current_actor(), now=now())
    say(_("Se retiró el pedido de revisión."))
    return go(url_for(".draft_page", draft_id=draft.id))


def _page(draft: Draft, review: Review, form: CommentForm, decision: DecisionForm) -> ResponseReturnValue:
    actor = current_actor()
    form.fill_paths(sorted(review.files))
    if form.path.data is None and request.args.get("path") in review.files:
        form.path.data = request.args["path"]
    return render(
        "authoring/review.html",
        draft=draft,
        review=review,
        requested_by=queries.name_of(review.requested_by_id),
        decided_by=queries.name_of(review.decided_by_id),
        changes=comparing.changes_of(draft, review.files),
        difference=comparing.difference_of(draft, review.files),
        comments=reviewing.list_comments(review.id),
        form=form,
        decision=decision,
        is_moved=review.text_hash != draft.text_hash,
        own=reviewing.own_part(review, draft, actor) if review.state is ReviewState.OPEN else None,
        can_review=access.may(actor, AuthoringPermission.REVIEW, draft),
        can_edit=access.may(actor, AuthoringPermission.EDIT, draft),
        status=422 if form.errors or decision.errors else 200,
    )
