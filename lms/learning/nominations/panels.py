"""What waits for a decision of the staff, above the cohorts of whoever runs them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal

from lms.core.actors import Actor
from lms.learning.nominations.history import list_undecided
from lms.learning.nominations.permissions import NominationPermission
from lms.plugins.home import HomePanel


class UndecidedNominations(HomePanel):
    """In which cohorts nominations wait for the staff, late ones apart."""

    name: ClassVar[str] = "nominations-undecided"
    region: ClassVar[Literal["main", "aside", "staff"]] = "staff"
    template: ClassVar[str] = "nominations/_undecided.html"

    def context(self, actor: Actor, now: datetime) -> Mapping[str, Any] | None:  # noqa: ARG002 - what waits, waits at any time
        """Return the cohorts, in one query; None when nothing waits or the actor decides nothing."""
        rows = list_undecided(actor) if actor.can(NominationPermission.MANAGE) else []
        return {"undecided": rows} if rows else None
