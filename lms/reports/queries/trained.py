"""How many people of each member completed a course in a quarter, from the figures kept."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select

from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.institutions.directory.rules import ids_on_path
from lms.reports.frozen.rules import Quarter
from lms.reports.progress.rules import nearest_member
from lms.reports.tallies.models import Tally
from lms.reports.tallies.queries import is_counted
from lms.reports.tallies.rules import EVER, Basis


def count_trained(programme_id: UUID, quarter: Quarter, members: Collection[UUID]) -> dict[UUID, int] | None:
    """Return how many people of each member completed in a quarter, in one query; None where nobody counts them.

    Each person counts once, where they were enrolled; who works in a unit counts for the nearest member above it.
    """
    if not is_counted(programme_id):
        return None
    months = [f"{quarter.year}-{month:02}" for month in range(quarter.first.month, quarter.first.month + 3)]
    rows = db.session.execute(
        select(Institution.path, func.sum(Tally.completed))
        .join(Institution, Institution.id == Tally.institution_id)
        .where(
            Tally.programme_id == programme_id,
            Tally.basis == Basis.THEN.value,
            Tally.period == EVER,
            Tally.month.in_(months),
        )
        .group_by(Institution.path)
    ).all()
    wanted = frozenset(members)
    found = dict.fromkeys(wanted, 0)
    for path, count in rows:
        member = nearest_member(ids_on_path(path), wanted)
        if member is not None:
            found[member] += count
    return found
