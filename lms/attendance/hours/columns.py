"""The hours that the register of a cohort shows beside who attended."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from lms.attendance.credits import Weighed
from lms.attendance.hours.queries import minutes_with
from lms.attendance.models import Meeting
from lms.attendance.rules import Mark
from lms.core.db import db
from lms.core.i18n import _l
from lms.plugins.attendance import Presence, RegisterColumn


class CreditedTime(RegisterColumn):
    """What the ledger credits, in sessions and online together: the minutes that the page of hours says."""

    name = "credited-time"
    label = _l("Horas acreditadas")

    def minutes(
        self,
        enrolment_ids: Collection[UUID],
        meeting_ids: Sequence[UUID],
        presences: Collection[Presence],
        now: datetime,
    ) -> Mapping[UUID, int]:
        """Return the credited minutes of each person."""
        meetings = [meeting for key in meeting_ids if (meeting := db.session.get(Meeting, key))]
        marks = {(each.enrolment_id, each.meeting_id): (_weighed(each), each.seconds) for each in presences}
        return minutes_with(enrolment_ids, meetings, marks, now)


def _weighed(each: Presence) -> Weighed:
    return Weighed(mark=Mark(each.mark), credit=each.credit, label=each.label)
