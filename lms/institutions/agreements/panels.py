"""What the page of an institution shows of its agreements."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from lms.core.actors import Actor
from lms.core.calendar import today
from lms.institutions.agreements import words
from lms.institutions.agreements.permissions import AgreementPermission
from lms.institutions.agreements.queries import list_agreements_of
from lms.institutions.directory.queries import get_institution
from lms.plugins.institutions import InstitutionPanel


class InstitutionAgreements(InstitutionPanel):
    """The agreements of an institution and of its units, as far as the reader sees them."""

    name = "agreements"
    order = 60
    template = "agreements/_institution.html"

    def context(
        self,
        institution_id: UUID,
        actor: Actor,
        now: datetime,  # noqa: ARG002 - agreements last whole days
    ) -> Mapping[str, Any] | None:
        """Return the agreements with what each is today; None when there are none."""
        institution = get_institution(institution_id)
        found = list_agreements_of(institution, actor, AgreementPermission.READ)
        rows = [(each, each.standing(today())) for each in found]
        return {"agreements": rows, "words": words} if rows else None
