"""Merges speak of the two records as they were, so they stay with them."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

_WHY = _l("Dicen de qué registros se trató, y así se conservan.")
PERSON_ROWS = [
    PersonRows(name=f"merging.{table}.{column}", label=label, table=table, column=column, stays_because=_WHY)
    for table, label, columns in (
        ("person_merge", _l("Fusiones"), ("kept_id", "gone_id", "merged_by_id", "undone_by_id")),
        ("distinct_people", _l("Parecidos que son otra persona"), ("first_id", "second_id", "decided_by_id")),
    )
    for column in columns
]
