"""Gives each badge a place of its own in the lists of what is revoked."""

from contextlib import suppress
from random import SystemRandom

from sqlalchemy.exc import IntegrityError

from lms.certificates.credentials import queries
from lms.certificates.credentials.models import BadgePlace
from lms.certificates.credentials.status_lists import LENGTH
from lms.core.db import db, savepoint

DRAWS = 16
"""Places drawn at a time. All are taken for the first time in a list that is about half full."""
_chance = SystemRandom()


def place_of(code: str, version: int, *, length: int = LENGTH) -> BadgePlace:
    """Return the place of a version of a document, always the same; one is drawn at the first asking.

    Two transactions may draw the same free place; the unique constraint lets one have it and the other draws again.
    """
    number = queries.last_list()
    while True:
        if known := queries.find_place(code, version):
            return known
        drawn = _chance.sample(range(length), min(DRAWS, length))
        taken = queries.taken(number, drawn)
        free = next((position for position in drawn if position not in taken), None)
        if free is None:
            number += 1
            continue
        place = BadgePlace(list_number=number, position=free, code=code, version=version)
        with suppress(IntegrityError), savepoint():
            db.session.add(place)
            db.session.flush()
            return place
