"""How nominations follow when two records of one person become one."""

from datetime import datetime

from lms.core.i18n import _l
from lms.learning.nominations.rules import LIVE, NominationState
from lms.plugins.people import PersonRows, Row


def _is_same(row: Row, other: Row) -> bool:
    """Say whether both count in the same call: a person is nominated once at a time."""
    return row["call_id"] == other["call_id"] and row["state"] in LIVE and other["state"] in LIVE


def _wins(row: Row, other: Row) -> bool:
    return row["state"] is NominationState.ACCEPTED and other["state"] is not NominationState.ACCEPTED


def _withdraw(_row: Row, _other: Row, now: datetime) -> Row:
    return {"state": NominationState.WITHDRAWN, "decided_at": now}


PERSON_ROWS = [
    PersonRows(
        name="nominations.nomination",
        label=_l("Propuestas en convocatorias"),
        table="nomination",
        column="person_id",
        is_same=_is_same,
        wins=_wins,
        leaves=_withdraw,
    )
]
