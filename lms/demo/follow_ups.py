"""What people of the finished cohort said, and still knew, two months after they completed the course."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from sqlalchemy import insert, select

from lms.assessments.follow_up.models import FollowUp, FollowUpAnswer, Respondent
from lms.assessments.follow_up.rules import OPEN, SELF_ITEMS, SUPERIOR_ITEMS, USUAL_DAY, closing_day
from lms.assessments.follow_up.service import set_follow_up
from lms.core.actors import SYSTEM
from lms.core.db import db
from lms.core.ids import new_id
from lms.courses.compiler.quiz_terms import Moment
from lms.courses.models import Unit
from lms.demo.quizzes import take_quiz
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Completion, Enrolment, UnitProgress

SKILL: Final = 0.9
"""Of whoever answers of their own will months later."""
TAKES_QUIZ, ANSWERS, LETS_ASK, SUPERIOR_ANSWERS, WRITES = 0.36, 0.62, 0.7, 0.55, 0.5
"""Chances of each step."""
POINTS: Final[Mapping[str, tuple[int, ...]]] = {
    "used": (1, 3, 5, 12, 9),
    "signs": (0, 1, 4, 12, 13),
    "route": (1, 2, 4, 11, 12),
    "conditions": (4, 8, 8, 7, 3),
    "shared": (2, 5, 8, 10, 5),
    "applies": (0, 2, 6, 12, 7),
    "area": (1, 4, 9, 9, 4),
    "able": (3, 8, 8, 6, 2),
    "recommends": (0, 1, 4, 10, 12),
}
"""How often each point of the scale is given to a statement, from the least agreeing one."""
SAID: Final = (
    "Ayudó que la jefatura nos dejara el cubículo para hablar a solas.",
    "Falta gente en el turno de noche.",
    "La lista de contactos con fecha nos ahorró vueltas.",
    "No siempre contestan los teléfonos de la ruta en fin de semana.",
    "Lo platiqué con mi equipo y ya usamos la misma hoja.",
    "Cambiaron a la persona con la que había quedado el acuerdo.",
)


def write_follow_ups(programme: Programme, cohort: Cohort, chance: Random, *, now: datetime) -> None:
    """Write the survey and the measure of everybody who completed a cohort's course two months ago or before."""
    set_follow_up(programme, USUAL_DAY, actor=SYSTEM, now=now)
    measure = _measure_of(cohort)
    rows = db.session.execute(
        select(Completion, Enrolment)
        .join(Enrolment, Enrolment.id == Completion.enrolment_id)
        .where(Enrolment.cohort_id == cohort.id)
        .order_by(Completion.completed_at, Completion.id)
    )
    for completion, enrolment in rows.all():
        due = completion.completed_at + timedelta(days=USUAL_DAY)
        if due + timedelta(days=28) > now:
            continue
        _write_survey(completion, due, chance)
        if measure is not None and chance.random() < TAKES_QUIZ:
            _take_measure(enrolment, measure, due + timedelta(days=chance.uniform(0.5, 27)), chance)


def _measure_of(cohort: Cohort) -> Unit | None:
    is_measure = Unit.body["moment"].as_string() == Moment.FOLLOW_UP
    return db.session.scalars(select(Unit).where(Unit.release_id == cohort.release_id, is_measure)).first()


def _take_measure(enrolment: Enrolment, unit: Unit, at: datetime, chance: Random) -> None:
    take_quiz(enrolment, unit, at, skill=SKILL, chance=chance)
    row = {"enrolment_id": enrolment.id, "unit_id": unit.id, "seen_at": at, "finished_at": at}
    db.session.execute(insert(UnitProgress), [{"id": new_id(), **row}])


def _write_survey(completion: Completion, due: datetime, chance: Random) -> None:
    answered = due + timedelta(days=chance.uniform(0.2, 20)) if chance.random() < ANSWERS else None
    asks = answered if answered and chance.random() < LETS_ASK else None
    replied = (
        asks + timedelta(days=chance.uniform(1, 7)) if asks and chance.random() < SUPERIOR_ANSWERS else None
    )
    survey = {
        "id": new_id(),
        "completion_id": completion.id,
        "asked_on": completion.completed_on + timedelta(days=USUAL_DAY),
        "closes_on": closing_day(completion.completed_on, USUAL_DAY),
        "answered_at": answered,
        "superior_asked_on": asks.date() if asks else None,
        "superior_answered_at": replied,
    }
    db.session.execute(insert(FollowUp), [survey])
    said = list(_answers(Respondent.SELF, chance)) if answered else []
    said += _answers(Respondent.SUPERIOR, chance) if replied else []
    if said:
        db.session.execute(
            insert(FollowUpAnswer), [{"id": new_id(), "follow_up_id": survey["id"], **each} for each in said]
        )


def _answers(respondent: Respondent, chance: Random) -> Iterator[dict[str, Any]]:
    is_self = respondent is Respondent.SELF
    for name in SELF_ITEMS if is_self else SUPERIOR_ITEMS:
        value = chance.choices(range(1, 6), POINTS[name])[0]
        yield {"respondent": respondent, "question": name, "value": value, "text": ""}
    if is_self and chance.random() < WRITES:
        yield {"respondent": respondent, "question": OPEN, "value": None, "text": chance.choice(SAID)}
