"""What is kept of the thing on which a person marked themselves: its class, and whether two marks share a browser.

No address and no fingerprint: a browser gets a random number for half a day, and only its digest with the meeting's
own secret is kept, so that it means nothing at any other meeting.
"""

import hmac
import re
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import select, update

from lms.attendance.models import AttendanceObservation, AttendanceReview, Meeting
from lms.attendance.oddities import Odd
from lms.attendance.rules import Device
from lms.core.context import current_settings
from lms.core.db import db

COOKIE: Final = "ruta-browser"
LIFE_SECONDS: Final = 12 * 3600
"""As long as a meeting can last."""
KEPT_FOR: Final = timedelta(days=90)
"""How long after its meeting a browser's digest is kept: as long as that of a call report."""
_TABLET: Final = re.compile(r"iPad|Tablet|Android(?!.*Mobile)")
_PHONE: Final = re.compile(r"Mobi|iPhone|Android")


def device_of(user_agent: str) -> Device:
    """Return the class of thing that a browser says it runs on; what says nothing is a computer."""
    if _TABLET.search(user_agent):
        return Device.TABLET
    return Device.PHONE if _PHONE.search(user_agent) else Device.COMPUTER


def browser_of(meeting: Meeting, number: str) -> str:
    """Return what is kept of a browser's random number: the same at this meeting, another at every other."""
    return hmac.new(meeting.secret.encode(), number.encode(), sha256).hexdigest()[:32] if number else ""


def cookie_name() -> str:
    """Return the cookie's name: over TLS one that browsers take from TLS only."""
    return f"__Secure-{COOKIE}" if current_settings().is_https else COOKIE


def forget_browsers(*, now: datetime) -> int:
    """Forget which browsers marked at meetings whose time for complaints is over; return at how many marks.

    The class of device stays. A judgement about marks from one browser stays too, without naming it.
    """
    old = select(Meeting.id).where(Meeting.ends_at < now - KEPT_FOR)
    seen, judged = AttendanceObservation, AttendanceReview
    changed = update(seen).where(seen.browser != "", seen.meeting_id.in_(old)).values(browser="")
    count = len(db.session.scalars(changed.returning(seen.id)).all())
    named, stem = judged.key.startswith(f"{Odd.SAME_BROWSER}:"), f"{Odd.SAME_BROWSER}-"
    for review in db.session.scalars(select(judged).where(named, judged.meeting_id.in_(old))).all():
        review.key = f"{stem}{review.id.hex}"
    return count
