"""How changes of sector follow when two records of one person become one."""

from datetime import datetime

from lms.core.i18n import _l
from lms.learning.tracks.rules import TrackState
from lms.plugins.people import PersonRows, Row


def _is_same(row: Row, other: Row) -> bool:
    """Say whether both wait: one request at a time does."""
    return row["state"] is TrackState.WAITING and other["state"] is TrackState.WAITING


def _close(_row: Row, _other: Row, now: datetime) -> Row:
    return {"state": TrackState.DECLINED, "decided_at": now}


PERSON_ROWS = [
    PersonRows(
        name="tracks.track-request",
        label=_l("Cambios de sector"),
        table="track_request",
        column="enrolment_id",
        owner="enrolment",
        is_same=_is_same,
        leaves=_close,
    )
]
