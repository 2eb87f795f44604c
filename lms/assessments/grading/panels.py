"""What waits for a grade, above the cohorts of whoever grades."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal

from lms.assessments.grading.permissions import GradingPermission
from lms.assessments.grading.queries import count_waiting
from lms.core.actors import Actor
from lms.plugins.home import HomePanel


class WaitingAnswers(HomePanel):
    """How many answers somebody can grade now."""

    name: ClassVar[str] = "grading-waiting"
    region: ClassVar[Literal["main", "aside", "staff"]] = "staff"
    template: ClassVar[str] = "grading/_waiting.html"

    def context(self, actor: Actor, now: datetime) -> Mapping[str, Any] | None:  # noqa: ARG002 - what waits, waits at any time
        """Return the number; None when nothing waits or the actor grades nothing."""
        count = count_waiting(actor) if actor.can(GradingPermission.GRADE) else 0
        return {"count": count} if count else None
