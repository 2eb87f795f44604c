"""What people of several periods attended, learned and said of the course, added up where they were enrolled."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from lms.core.calendar import today
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import subtree_condition
from lms.institutions.programmes.queries import get_programme
from lms.plugins.reports import Question
from lms.reports.tallies import queries
from lms.reports.tallies.ledgers import LEARNING
from lms.reports.tallies.models import LearnedTally
from lms.reports.tallies.outcomes import Learned
from lms.reports.tallies.rules import SPAN, Basis, Sums

Spot = tuple[str, str]
"""Path of an institution, and a sector that is empty for none."""
LearnedIn = Mapping[str, Mapping[Spot, Learned]]
"""By period."""


def read_learned(question: Question, periods: Collection[str]) -> LearnedIn:
    """Return the sums of these periods: those that are kept, in one query, else counted from the facts."""
    is_kept = queries.is_counted(question.programme_id)
    rows = _kept(question, periods) if is_kept else _from_facts(question, periods)
    found: dict[str, dict[Spot, Learned]] = {}
    for period, path, sector, *values in rows:
        found.setdefault(period, {})[path, sector] = Learned._make(values)
    return found


def _kept(question: Question, periods: Collection[str]) -> Iterable[Any]:
    columns = LearnedTally.__table__.c
    statement = (
        select(columns.period, Institution.path, columns.sector, *(columns[name] for name in Learned._fields))
        .join(Institution, Institution.id == columns.institution_id)
        .where(
            columns.programme_id == question.programme_id,
            columns.basis == Basis.THEN.value,
            columns.period.in_(periods),
            columns.month == "",
            *_seen(question),
        )
    )
    return db.session.execute(statement).all()


def _from_facts(question: Question, periods: Collection[str]) -> Iterable[Any]:
    """Return the same rows for a programme whose figures are not kept yet: slower, never different."""
    programme, sums = get_programme(question.programme_id), Sums()
    spans = [period for period in periods if SPAN in period]
    for people in queries.list_people(programme.id):
        for studies in queries.studies_of(programme, people, today=today()).values():
            sums.add(LEARNING.count(studies, spans))
    institutions = select(Institution.id, Institution.path).where(*_seen(question))
    inside: dict[UUID, str] = {row[0]: row[1] for row in db.session.execute(institutions)}
    for key, amounts in sums.taken().items():
        if key.period in periods and key.institution_id in inside:
            yield key.period, inside[key.institution_id], key.sector, *amounts


def _seen(question: Question) -> list[ColumnElement[bool]]:
    """Return the condition that an institution is within reach; none for whoever sees the whole programme."""
    return [] if question.sees_whole_programme else [subtree_condition(question.reach.institutions)]
