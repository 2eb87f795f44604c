"""The PDF of minutes, approved or not, as jobs: the only place of the running product where it is made."""

import json
from uuid import UUID

from lms.core.clock import now
from lms.core.context import current_settings, current_storage
from lms.core.i18n import speaking
from lms.core.jobs.orders import Progress
from lms.institutions.sessions import drafting, service
from lms.institutions.sessions.messages import MakeDraft, MakeMinutes
from lms.institutions.sessions.minutes import LANGUAGE
from lms.institutions.sessions.press import draw_minutes


def make_draft(order: MakeDraft, _progress: Progress) -> None:
    """Draw minutes that are not approved; nobody waits for the database meanwhile."""
    minutes = json.loads(current_storage().get(order.sha256))
    with speaking(LANGUAGE):
        content = draw_minutes(minutes, current_settings().designs_dir, made_at=now(), is_draft=True)
    drafting.keep_draft(UUID(order.sitting_id), minutes, content, now=now())


def make_minutes(order: MakeMinutes, _progress: Progress) -> None:
    """Draw the minutes before the first query, so that nobody waits for the database meanwhile."""
    minutes = json.loads(current_storage().get(order.sha256))
    with speaking(LANGUAGE):
        content = draw_minutes(minutes, current_settings().designs_dir, made_at=now())
    service.keep_pdf(UUID(order.sitting_id), content)
