"""Targets of people to train, with where their institutions stand in the tree."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from lms.core.db import db
from lms.core.folding import like, words
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import subtree_condition
from lms.institutions.targets.models import TrainingTarget
from lms.institutions.targets.rules import read_period
from lms.plugins.reports import Question


class Goal(NamedTuple):
    """So many people of an institution, with everything below it, by the end of a period."""

    institution_id: UUID
    institution: str
    path: str
    sector: str
    """Empty for all."""
    period: str
    first: date
    last: date
    people: int


def list_goals(question: Question) -> Sequence[Goal]:
    """Return the targets in the asker's reach whose period touches the one asked, by institution and period."""
    statement = (
        select(TrainingTarget, Institution.name, Institution.path)
        .join(Institution, Institution.id == TrainingTarget.institution_id)
        .where(TrainingTarget.programme_id == question.programme_id)
        .order_by(Institution.search_text, TrainingTarget.period, TrainingTarget.sector)
    )
    if not question.sees_whole_programme:
        statement = statement.where(subtree_condition(question.reach.institutions))
    if question.sector:
        statement = statement.where(TrainingTarget.sector == question.sector)
    if question.territory:
        statement = statement.where(Institution.territory == question.territory)
    for word in words(question.words):
        statement = statement.where(Institution.search_text.like(like(word), escape="\\"))
    found = []
    for target, name, path in db.session.execute(statement):
        period = read_period(target.period)
        if period and period.first <= question.period.last and period.last >= question.period.first:
            found.append(
                Goal(
                    target.institution_id, name, path, target.sector, period.code, period.first, period.last,
                    target.people,
                )
            )  # fmt: skip
    return found
