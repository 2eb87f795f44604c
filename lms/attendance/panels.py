"""What attendance adds to the home page of whoever studies: the next meeting."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lms.attendance.queries import OwnMeeting, list_own_meetings
from lms.core.actors import Actor
from lms.plugins.home import HomePanel


class NextMeeting(HomePanel):
    """The meeting that is on or comes next, with the way to check in."""

    name = "next-meeting"
    order = 20
    template = "attendance/_next_meeting.html"

    def context(self, actor: Actor, now: datetime) -> Mapping[str, Any] | None:
        """Return the next meeting of the person's cohorts, in one query; None when none is planned any more."""
        if actor.person_id is None:
            return None
        planned = [each for each in list_own_meetings(actor.person_id) if not each.local.is_cancelled]
        coming: list[OwnMeeting] = [each for each in planned if each.local.meeting.ends_at >= now]
        return {"own": coming[0], "count": len(planned), "moment": now} if coming else None
