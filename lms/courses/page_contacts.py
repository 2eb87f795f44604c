"""The contacts of one page in one query, whichever of its blocks asks first."""

from collections.abc import Collection, Mapping
from datetime import date

from flask import g, has_request_context

from lms.contacts.entries import Entry
from lms.contacts.queries import list_entries

_MEMORY = "lms_page_contacts"


def find_contacts(keys: Collection[str], today: date) -> Mapping[str, Entry]:
    """Return the contacts of these keys; the same question is asked of the database once in a request."""
    if not has_request_context():
        return list_entries(keys, today)
    memory: dict[tuple[frozenset[str], date], Mapping[str, Entry]] = g.setdefault(_MEMORY, {})
    question = (frozenset(keys), today)
    if question not in memory:
        memory[question] = list_entries(keys, today)
    return memory[question]
