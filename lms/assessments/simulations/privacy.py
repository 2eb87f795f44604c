"""Personal data of simulations: why it is kept, and how it is shown and erased."""

from uuid import UUID

from sqlalchemy import Select, delete, select

from lms.assessments.simulations.models import Decision, Run
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.courses.models import Unit
from lms.learning.models import Enrolment


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(Run, Unit.title)
        .join(Unit, Unit.id == Run.unit_id)
        .where(Run.enrolment_id.in_(_own(person_id)))
        .order_by(Run.started_at)
    ).all()
    decisions: dict[UUID, list[Json]] = {run.id: [] for run, _title in rows}
    made = select(Decision).where(Decision.run_id.in_(decisions)).order_by(Decision.run_id, Decision.position)
    for each in db.session.scalars(made):
        decisions[each.run_id].append({"scene": each.scene, "option": each.option, "at": str(each.made_at)})
    return [_row(run, title, decisions[run.id]) for run, title in rows]


def _row(run: Run, title: str, decisions: list[Json]) -> Json:
    return {
        "simulation": title,
        "run": run.number,
        "started": str(run.started_at),
        "ended": str(run.ended_at or ""),
        "ending": run.ending or "",
        "score": run.score,
        "passed": run.is_passed,
        "decisions": decisions,
    }


def _erase(person_id: UUID) -> int:
    own = select(Run.id).where(Run.enrolment_id.in_(_own(person_id)))
    db.session.execute(delete(Decision).where(Decision.run_id.in_(own)))
    erased = delete(Run).where(Run.enrolment_id.in_(_own(person_id))).returning(Run.id)
    return len(db.session.scalars(erased).all())


def _own(person_id: UUID) -> Select[UUID]:
    return select(Enrolment.id).where(Enrolment.person_id == person_id)


RUNS = PersonalData(
    name="simulations.run",
    tables=("simulation_run", "simulation_decision"),
    purpose=_l("Seguir el caso donde la persona se quedó y mostrarle qué cuidó con sus decisiones."),
    retention=_l("Mientras la cuenta exista."),
    export=_export,
    erase=_erase,
)
