"""The PDF of approved minutes as a job: the only place of the running product where it is made."""

import json
from uuid import UUID

from lms.core.clock import now
from lms.core.context import current_settings, current_storage
from lms.core.i18n import speaking
from lms.core.jobs.orders import Progress
from lms.institutions.sessions import service
from lms.institutions.sessions.messages import MakeMinutes
from lms.institutions.sessions.minutes import LANGUAGE
from lms.institutions.sessions.press import draw_minutes


def make_minutes(order: MakeMinutes, _progress: Progress) -> None:
    """Draw the minutes before the first query, so that nobody waits for the database meanwhile."""
    minutes = json.loads(current_storage().get(order.sha256))
    with speaking(LANGUAGE):
        content = draw_minutes(minutes, current_settings().designs_dir, made_at=now())
    service.keep_pdf(UUID(order.sitting_id), content)
