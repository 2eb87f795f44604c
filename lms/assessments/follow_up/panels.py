"""What a person may answer about courses that they completed, on their home page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from lms.assessments.follow_up import measures
from lms.assessments.follow_up.links import sign_link
from lms.assessments.follow_up.models import Respondent
from lms.core.actors import Actor
from lms.core.calendar import today
from lms.plugins.home import HomePanel


class FollowUpsDue(HomePanel):
    """Quizzes and surveys of the follow-up that are open for a person."""

    name: ClassVar[str] = "follow-ups-due"
    order: ClassVar[int] = 10
    template: ClassVar[str] = "follow_up/_due.html"

    def context(self, actor: Actor, now: datetime) -> Mapping[str, Any] | None:  # noqa: ARG002 - days decide
        """Return them, in two queries when there are none; None when nothing waits."""
        if actor.person_id is None:
            return None
        day = today()
        quizzes = measures.list_waiting(actor.person_id, day)
        surveys = [
            (found, title, sign_link(found.id, Respondent.SELF, email))
            for found, title, email in measures.list_unanswered(actor.person_id, day)
        ]
        return {"quizzes": quizzes, "surveys": surveys} if quizzes or surveys else None
