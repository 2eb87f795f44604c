"""The PDF of minutes before they are approved: asked for, made by a job, and known to be the latest or not."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from lms.core.context import current_storage
from lms.core.db import db
from lms.core.jobs.orders import enqueue
from lms.core.types import Json
from lms.institutions.programmes.models import Programme
from lms.institutions.sessions.messages import MakeDraft
from lms.institutions.sessions.minutes import compose
from lms.institutions.sessions.models import Sitting
from lms.institutions.sessions.rules import SittingState
from lms.institutions.sessions.service import hold_open

WRITTEN = "written"
"""The day on which minutes were composed is no part of what they tell."""


def digest_of(minutes: Json) -> str:
    """Return the SHA-256 of what minutes tell, whatever the day."""
    told = {name: value for name, value in minutes.items() if name != WRITTEN}
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def ask_draft(sitting: Sitting, programme: Programme, *, now: datetime) -> None:
    """Have the PDF of the minutes made as they stand now; raises SittingFrozen."""
    hold_open(sitting)
    minutes = compose(sitting, programme, now=now)
    sitting.draft_of, sitting.draft_at = digest_of(minutes), None
    db.session.flush()
    content = json.dumps(minutes, ensure_ascii=False, sort_keys=True).encode()
    order = MakeDraft(sitting_id=str(sitting.id), sha256=current_storage().put(content))
    enqueue(order, now=now, key=f"sittings.make-draft:{sitting.id}:{order.sha256}:{now.isoformat()}")


def keep_draft(sitting_id: UUID, minutes: Json, content: bytes, *, now: datetime) -> None:
    """Keep a PDF, unless another was asked for meanwhile or the minutes were approved."""
    sitting = db.session.get(Sitting, sitting_id, with_for_update=True)
    if sitting is None or sitting.state is SittingState.APPROVED or sitting.draft_of != digest_of(minutes):
        return
    sitting.draft_pdf, sitting.draft_at = current_storage().put(content), now
