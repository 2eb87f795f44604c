"""How every question of a course performed with everybody who met it: kept beside the question, for the list.

The page of a question shows the people that its reader may see, at once; the list shows all of them, as of the last
measuring, so that sorting a whole bank costs no more than reading it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import undefer

from lms.assessments.analysis.permissions import AnalysisPermission
from lms.assessments.analysis.queries import AskedQuiz, get_asked_quiz, list_rows
from lms.assessments.analysis.rules import Row, figures_of
from lms.assessments.bank.models import QuestionRevision
from lms.assessments.bank.queries import Use, list_uses
from lms.assessments.bank.rules import Performance, performance_of
from lms.core.actors import SYSTEM
from lms.core.db import db
from lms.courses.models import Unit

Place = tuple[str, str]
"""Slugs of module and quiz."""


def measure_course(course_id: UUID) -> int:
    """Keep how the revisions of a course performed; return how many have figures that may be shown."""
    revisions = db.session.scalars(
        select(QuestionRevision).where(QuestionRevision.course_id == course_id).order_by(QuestionRevision.id)
    ).all()
    places = _places(list_uses([each.id for each in revisions]))
    quizzes = _quizzes({unit for units in places.values() for unit in units.values()})
    rows: dict[UUID, list[Row]] = {}
    for batch in _batches(places.values()):
        rows |= list_rows(SYSTEM, AnalysisPermission.READ, [quizzes[unit] for unit in batch])
    for each in revisions:
        asked = [quizzes[unit] for unit in places.get(each.id, {}).values()]
        _keep(each, _performance(each.question_id, asked, rows))
    db.session.flush()
    return sum(each.facility is not None for each in revisions)


def _places(uses: Iterable[Use]) -> dict[UUID, dict[Place, UUID]]:
    """Return, by revision, the newest unit of each place that asks it: a quiz stands for its twins."""
    found: dict[UUID, dict[Place, UUID]] = {}
    for use in uses:  # the newest release comes first
        found.setdefault(use.revision_id, {}).setdefault(use.place, use.unit_id)
    return found


def _batches(places: Iterable[Mapping[Place, UUID]]) -> Iterator[list[UUID]]:
    """Yield the units in lists in which no two are twins, each unit once."""
    by_place: dict[Place, dict[UUID, None]] = {}
    for units in places:
        for place, unit in units.items():
            by_place.setdefault(place, {})[unit] = None
    for batch in zip_longest(*by_place.values()):
        yield [unit for unit in batch if unit is not None]


def _quizzes(units: Iterable[UUID]) -> dict[UUID, AskedQuiz]:
    statement = select(Unit).where(Unit.id.in_(list(units))).options(undefer(Unit.body)).order_by(Unit.id)
    return {unit.id: get_asked_quiz(unit.id) for unit in db.session.scalars(statement).all()}


def _performance(
    question_id: str, quizzes: Sequence[AskedQuiz], rows: Mapping[UUID, Sequence[Row]]
) -> Performance:
    scored = [quiz for quiz in quizzes if question_id in quiz.questions]
    if not scored:
        return Performance()
    people = [row for quiz in scored for row in rows[quiz.unit_id]]
    return performance_of(figures_of(question_id, people, scored[0].questions[question_id].options))


def _keep(row: QuestionRevision, done: Performance) -> None:
    row.people, row.facility, row.discrimination = done.people, done.facility, done.discrimination
    row.advice = done.advice or ""
