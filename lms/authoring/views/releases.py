"""The way from an approved draft to a release."""

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from lms.authoring import comparing, queries, releasing
from lms.authoring.forms import ReleaseForm
from lms.authoring.permissions import AuthoringPermission
from lms.authoring.views.blueprint import bp
from lms.authoring.views.desk import open_draft
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.db import savepoint
from lms.core.errors import Forbidden
from lms.core.i18n import _
from lms.core.policy import requires
from lms.courses.changes import ChangeClass
from lms.courses.errors import ClassContradicted, NamesLost
from lms.courses.permissions import CoursePermission
from lms.courses.service import Declaration
from lms.web.kit import go, render, say


@bp.route("/<uuid:draft_id>/release", methods=["GET", "POST"])
@requires(CoursePermission.RELEASE)
def release_draft(draft_id: UUID) -> ResponseReturnValue:
    """Show what a release of the draft would change, then make it with the declared class."""
    actor = current_actor()
    draft = open_draft(draft_id, AuthoringPermission.READ)
    if not actor.reach(CoursePermission.RELEASE).everywhere:
        raise Forbidden
    files = queries.files_of(draft.id)
    difference = comparing.difference_of(draft, files)
    proposed = difference.change_class if difference else None
    form = ReleaseForm(data={"change_class": (proposed or ChangeClass.CONTENT).value})
    if form.validate_on_submit():
        declared = Declaration(
            change_class=ChangeClass(form.change_class.data), notes=(form.notes.data or "").strip(),
            drops=form.stated,
        )  # fmt: skip
        try:
            with savepoint():
                made = releasing.release_draft(draft, declared, actor=actor, now=now())
        except ClassContradicted as refusal:
            form.refuse("change_class", str(refusal))
        except NamesLost as refusal:
            form.refuse("drops", str(refusal))
        else:
            say(_said(made.number))
            return go(url_for("courses.release", release_id=made.id))
    return render(
        "authoring/release.html",
        draft=draft,
        form=form,
        newest=comparing.newest_release(draft),
        changes=comparing.changes_of(draft, files),
        difference=difference,
        losses=comparing.losses_of(draft, files),
        refusal=releasing.refusal_of(draft),
        status=422 if form.errors else 200,
    )


@bp.post("/<uuid:draft_id>/catch-up")
@requires(AuthoringPermission.EDIT)
def catch_up(draft_id: UUID) -> ResponseReturnValue:
    """Note that the draft takes in what the newest release changed."""
    draft = open_draft(draft_id, AuthoringPermission.EDIT)
    newest = releasing.catch_up(draft)
    if newest:
        say(_("El borrador sigue ahora desde la versión %(number)s.", number=newest.number))
    return go(url_for(".draft_page", draft_id=draft.id))


def _said(number: int) -> str:
    """Return what is said after a release: the first disturbs nobody, so it says what can be done with it."""
    if number == 1:
        return str(_("Versión 1 publicada. Ya puede elegirse para una cohorte nueva."))
    said = _("Versión %(number)s publicada. Quienes estudian una anterior siguen en la suya.", number=number)
    return str(said)
