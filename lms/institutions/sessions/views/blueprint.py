"""The blueprint of sessions, and what its pages share."""

from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.text import Text
from lms.institutions.sessions import words
from lms.institutions.sessions.access import access_sitting
from lms.institutions.sessions.models import Sitting
from lms.institutions.sessions.permissions import SittingPermission
from lms.web.forms import BaseForm
from lms.web.kit import go, render

bp = Blueprint("sittings", __name__, url_prefix="/commission-sessions", template_folder="../templates")
READ, MANAGE = SittingPermission.READ, SittingPermission.MANAGE


def readable(sitting_id: UUID) -> Sitting:
    """Return a session that the actor reads; raises NotFound."""
    return access_sitting(current_actor(), READ, sitting_id)


def managed(sitting_id: UUID) -> Sitting:
    """Return a session that the actor runs; raises NotFound."""
    return access_sitting(current_actor(), MANAGE, sitting_id)


def page_of(sitting: Sitting, anchor: str = "") -> str:
    """Return the address of a session."""
    return url_for("sittings.sitting_page", sitting_id=sitting.id, _anchor=anchor or None)


def back(sitting: Sitting, anchor: str = "") -> ResponseReturnValue:
    """Send the person back to the page of a session."""
    return go(page_of(sitting, anchor))


def form_page(sitting: Sitting, form: BaseForm, title: Text, *, lead: Text = "") -> ResponseReturnValue:
    """Return a page with one form about a session, or about what ``lead`` says; 422 with something to correct."""
    return render(
        "sittings/edit.html",
        sitting=sitting,
        form=form,
        title=title,
        words=words,
        status=422 if form.errors else 200,
        lead=lead,
    )
