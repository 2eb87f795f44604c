"""Once a day, members that have not sent their progress are reminded on the days set for it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from lms.core.actors import SYSTEM
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.jobs.orders import Progress
from lms.institutions.programmes.queries import get_programme
from lms.reports.progress import queries, service
from lms.reports.progress.messages import RemindLateMembers
from lms.reports.progress.rules import LAST_MARK, MARKS, mark_name, reminder_mark


def remind_late_members(_order: RemindLateMembers, _progress: Progress) -> None:
    """Remind who is due today; a second run of the same day does nothing."""
    day = today()
    first, last = day - timedelta(days=LAST_MARK + 1), day - timedelta(days=MARKS[0] - 1)
    for period in queries.list_due(first, last):
        zone = ZoneInfo(get_programme(period.programme_id).timezone)
        mark = reminder_mark(now().astimezone(zone).date(), period.due_on)
        if mark is not None:
            name = mark_name(mark, queries.count_terms(period.id))
            for submission in queries.list_open(period.id):
                service.remind(submission, name, actor=SYSTEM, now=now())
