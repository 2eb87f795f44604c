"""Proof that a browser read a code in time: signing in on a phone takes longer than a code lives.

It stays in the browser that scanned, so a link that is passed on opens nothing once the code has changed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

from lms.attendance.rules import SCAN_LIFE
from lms.core.context import current_settings

COOKIE: Final = "ruta-scan"
LIFE_SECONDS: Final = int(SCAN_LIFE.total_seconds())


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A code that was a meeting's when it was read."""

    meeting_id: UUID
    code: str
    read_at: datetime
    room_id: UUID | None = None
    """Room whose screen showed it, where the meeting has several."""


def cookie_name() -> str:
    """Return the cookie's name: over TLS one that browsers take from TLS only."""
    return f"__Secure-{COOKIE}" if current_settings().is_https else COOKIE


def sign_scan(scan: Scan) -> str:
    """Return the scan as a signed text for a cookie."""
    room = scan.room_id.hex if scan.room_id else ""
    return _serializer().dumps([scan.meeting_id.hex, scan.code, int(scan.read_at.timestamp()), room])


def read_scan(token: str, *, code: str, now: datetime) -> Scan | None:
    """Return the scan of this code that a browser kept; None when it is forged, of another code or too old."""
    try:
        meeting_id, read_code, moment, *room = _serializer().loads(token)
        scan = Scan(
            meeting_id=UUID(meeting_id),
            code=read_code,
            read_at=datetime.fromtimestamp(moment, UTC),
            room_id=UUID(room[0]) if room and room[0] else None,
        )
    except (BadSignature, ValueError, TypeError):
        return None
    return scan if scan.code == code and now - scan.read_at <= SCAN_LIFE else None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_settings().secret_key), salt="attendance.scan")
