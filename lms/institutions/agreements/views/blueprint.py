"""The blueprint of agreements, and what its pages share."""

from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.institutions.agreements.access import access_agreement
from lms.institutions.agreements.models import Agreement
from lms.institutions.agreements.permissions import AgreementPermission
from lms.web.kit import go

bp = Blueprint("agreements", __name__, url_prefix="/agreements", template_folder="../templates")


def managed(agreement_id: UUID) -> Agreement:
    """Return an agreement that the actor keeps; raises NotFound."""
    return access_agreement(current_actor(), AgreementPermission.MANAGE, agreement_id)


def back(agreement: Agreement, anchor: str = "") -> ResponseReturnValue:
    """Send the person back to the page of an agreement."""
    return go(url_for("agreements.agreement_page", agreement_id=agreement.id, _anchor=anchor or None))
