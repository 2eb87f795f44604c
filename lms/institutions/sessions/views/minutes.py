"""The minutes of a session: as a page to print, as a PDF, their approval, and notes after it."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.programmes.queries import get_programme
from lms.institutions.sessions import drafting, queries, service, words
from lms.institutions.sessions.errors import SittingRefused
from lms.institutions.sessions.forms import NoteForm
from lms.institutions.sessions.minutes import compose
from lms.institutions.sessions.views.blueprint import MANAGE, READ, back, bp, form_page, managed, readable
from lms.web.attachments import attachment
from lms.web.kit import go, render, say


@bp.get("/<uuid:sitting_id>/minutes")
@requires(READ)
def minutes(sitting_id: UUID) -> ResponseReturnValue:
    """Show the minutes: of a draft as it stands, else as they were approved."""
    sitting = readable(sitting_id)
    written = sitting.minutes or compose(sitting, get_programme(sitting.programme_id), now=now())
    return render(
        "sittings/minutes.html",
        sitting=sitting,
        minutes=written,
        is_latest=sitting.draft_of == drafting.digest_of(written),
        can_manage=queries.reaches(current_actor(), MANAGE, sitting),
        notes=queries.list_notes(sitting.id),
        words=words,
    )


@bp.get("/<uuid:sitting_id>/minutes.pdf")
@requires(READ)
def minutes_pdf(sitting_id: UUID) -> ResponseReturnValue:
    """Send the PDF of approved minutes; there is none before."""
    sitting = readable(sitting_id)
    if not sitting.minutes_pdf:
        raise NotFound
    name = f"acta-{sitting.year}-{sitting.kind.value}-{sitting.number}.pdf"
    return attachment(current_storage().get(sitting.minutes_pdf), kind="pdf", name=name)


@bp.get("/<uuid:sitting_id>/minutes-draft.pdf")
@requires(READ)
def draft_pdf(sitting_id: UUID) -> ResponseReturnValue:
    """Send the PDF of minutes before their approval; without one, go where their page says so."""
    sitting = readable(sitting_id)
    if not sitting.draft_pdf or sitting.approved_at:
        return go(url_for("sittings.minutes", sitting_id=sitting.id))
    name = f"borrador-acta-{sitting.year}-{sitting.kind.value}-{sitting.number}.pdf"
    return attachment(current_storage().get(sitting.draft_pdf), kind="pdf", name=name)


@bp.post("/<uuid:sitting_id>/minutes-draft")
@requires(MANAGE)
def ask_draft(sitting_id: UUID) -> ResponseReturnValue:
    """Have the PDF of the minutes made as they stand."""
    sitting = managed(sitting_id)
    drafting.ask_draft(sitting, get_programme(sitting.programme_id), now=now())
    say(_("El PDF del borrador estará listo en unos momentos. Vuelva a cargar esta página."))
    return go(url_for("sittings.minutes", sitting_id=sitting.id))


@bp.route("/<uuid:sitting_id>/minutes/approve", methods=["GET", "POST"])
@requires(MANAGE)
def approve(sitting_id: UUID) -> ResponseReturnValue:
    """Ask, then approve the minutes."""
    sitting = managed(sitting_id)
    if request.method == "GET":
        return render("sittings/approve.html", sitting=sitting, words=words)
    try:
        service.approve(sitting, get_programme(sitting.programme_id), actor=current_actor(), now=now())
    except SittingRefused as refusal:
        say(refusal.message, "caution")
        return back(sitting)
    say(_("Acta aprobada. Su PDF estará listo en unos momentos."))
    return go(url_for("sittings.minutes", sitting_id=sitting.id))


@bp.route("/<uuid:sitting_id>/minutes/notes/new", methods=["GET", "POST"])
@requires(MANAGE)
def add_note(sitting_id: UUID) -> ResponseReturnValue:
    """Say something about minutes that were approved."""
    sitting, form = managed(sitting_id), NoteForm()
    if form.validate_on_submit():
        service.add_note(sitting, str(form.text.data), actor=current_actor(), now=now())
        say(_("Nota agregada. El acta sigue como se aprobó."))
        return go(url_for("sittings.minutes", sitting_id=sitting.id))
    return form_page(sitting, form, _("Agregar una nota aclaratoria"))
