"""How affiliations follow when two records of one person become one."""

from datetime import datetime, timedelta

from lms.core.calendar import today
from lms.core.i18n import _l
from lms.plugins.people import PersonRows, Row


def _overlaps(row: Row, other: Row) -> bool:
    """Say whether both hold now, or both held on a same day: a person works at one place at a time."""
    lasts, other_lasts = _lasts(row), _lasts(other)
    if lasts or other_lasts:
        return lasts and other_lasts
    is_apart: bool = row["ends_on"] < other["starts_on"] or other["ends_on"] < row["starts_on"]
    return not is_apart


def _lasts(row: Row) -> bool:
    return row["ends_on"] is None or row["ends_on"] >= today()


def _end(row: Row, _other: Row, _now: datetime) -> Row:
    """End the affiliation that stays behind: its person works there under the other record."""
    return {"ends_on": today() - timedelta(days=1)} if _lasts(row) else {}


PERSON_ROWS = [
    PersonRows(
        name="directory.affiliation",
        label=_l("Adscripciones"),
        table="affiliation",
        column="person_id",
        is_same=_overlaps,
        leaves=_end,
    )
]
