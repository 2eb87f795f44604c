"""The blueprint of agreements, and what its pages share."""

from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.text import Text
from lms.institutions.agreements.access import access_agreement
from lms.institutions.agreements.models import Agreement
from lms.institutions.agreements.permissions import AgreementPermission
from lms.web.forms import BaseForm
from lms.web.kit import go, render

bp = Blueprint("agreements", __name__, url_prefix="/agreements", template_folder="../templates")


def managed(agreement_id: UUID) -> Agreement:
    """Return an agreement that the actor keeps; raises NotFound."""
    return access_agreement(current_actor(), AgreementPermission.MANAGE, agreement_id)


def back(agreement: Agreement, anchor: str = "") -> ResponseReturnValue:
    """Send the person back to the page of an agreement."""
    return go(url_for("agreements.agreement_page", agreement_id=agreement.id, _anchor=anchor or None))


def add_page(
    agreement: Agreement, form: BaseForm, title: Text, *, lead: str = "", has_file: bool = False
) -> ResponseReturnValue:
    """Return a page with one form about an agreement; 422 when something is to be corrected."""
    return render(
        "agreements/add.html",
        agreement=agreement,
        form=form,
        title=title,
        lead=lead,
        has_file=has_file,
        status=422 if form.errors else 200,
    )
