"""What the page of an institution says of mergers and divisions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from lms.core.actors import Actor
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.queries import is_visible
from lms.institutions.succession.queries import list_standing
from lms.plugins.institutions import InstitutionPanel


class Successions(InstitutionPanel):
    """What it became part of, and what became part of it."""

    name = "successions"
    order = 5
    template = "succession/_panel.html"

    def context(
        self,
        institution_id: UUID,
        actor: Actor,
        now: datetime,  # noqa: ARG002  # the contract passes it
    ) -> Mapping[str, Any] | None:
        """Return the mergers, or nothing when there are none."""
        standing = list_standing(institution_id)
        if not standing:
            return None
        may = is_visible(actor, DirectoryPermission.MANAGE_INSTITUTIONS, institution_id)
        return {"standing": standing, "institution_id": institution_id, "may_undo": may}
