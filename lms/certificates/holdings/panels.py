"""What an institution's page says of the documents of its people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from lms.certificates.holdings import queries
from lms.certificates.issuing.permissions import CertificatePermission
from lms.core.actors import Actor
from lms.core.calendar import today
from lms.institutions.directory.queries import get_institution, is_visible
from lms.plugins.institutions import InstitutionPanel


class InstitutionDocuments(InstitutionPanel):
    """How many documents its people hold, and how many end soon."""

    name = "documents"
    order = 40
    template = "holdings/_panel.html"

    def context(
        self,
        institution_id: UUID,
        actor: Actor,
        now: datetime,  # noqa: ARG002 - documents last whole days
    ) -> Mapping[str, Any] | None:
        """Return the counts; None to whoever reads no documents here."""
        if not is_visible(actor, CertificatePermission.READ, institution_id):
            return None
        institution = get_institution(institution_id)
        counts = queries.count_held(queries.held_in(actor, institution), today())
        return {"counts": counts, "institution_id": institution_id}
