"""What can be done with runs; the only writer of their tables."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import aliased

from lms.assessments.simulations import queries, rules
from lms.assessments.simulations.errors import AlreadyDecided
from lms.assessments.simulations.messages import SimulationEnded, SimulationStarted
from lms.assessments.simulations.models import Decision, Run
from lms.assessments.simulations.queries import SimulationUnit
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.events import publish
from lms.core.ids import new_id
from lms.courses.models import Unit
from lms.courses.play import Play, judge, walk
from lms.learning import service as learning
from lms.learning.messages import CohortMoved, EnrolmentMoved
from lms.learning.models import Enrolment
from lms.learning.queries import get_enrolment


def start_run(enrolment: Enrolment, unit: SimulationUnit, *, actor: Actor, now: datetime) -> Run:
    """Begin the next run of a simulation, or return the one that was left open; raises SimulationClosed."""
    rules.check_open(is_open=learning.is_open(enrolment, now))
    runs = queries.list_runs(enrolment.id, unit.id)
    if runs and runs[-1].ended_at is None:
        return runs[-1]
    run = Run(id=new_id(), enrolment_id=enrolment.id, unit_id=unit.id, number=len(runs) + 1, started_at=now)
    db.session.add(run)
    db.session.flush()
    learning.see_unit(enrolment, db.session.get_one(Unit, unit.id), now)
    publish(
        SimulationStarted(
            at=now, actor=actor, subject_id=run.id, enrolment_id=enrolment.id, unit_id=unit.id, number=run.number
        )
    )  # fmt: skip
    return run


def start_again(run: Run, *, actor: Actor, now: datetime) -> Run:
    """Leave a run where it is and return a new one from the beginning; raises SimulationClosed.

    Asking twice starts one: the second time the run is already left and the new one is open.
    """
    _hold(run)
    enrolment = get_enrolment(run.enrolment_id)
    rules.check_open(is_open=learning.is_open(enrolment, now))
    if run.ended_at is None:
        run.ended_at = now
        db.session.flush()
    return start_run(enrolment, queries.get_simulation(run.unit_id), actor=actor, now=now)


def decide(run: Run, *, position: int, option: str, actor: Actor, now: datetime) -> Play:
    """Note the decision at a position of the run, counted from 1, and return where the story stands.

    The same decision twice counts once. Raises SimulationClosed, AlreadyDecided when something else was decided
    there or the run is over, and NotFound for what the scene does not offer.
    """
    _hold(run)
    simulation = queries.get_simulation(run.unit_id).simulation
    made = [decision.option for decision in queries.list_decisions(run.id)]
    if made[position - 1 : position] == [option]:
        return walk(simulation, made)
    if run.ended_at is not None or position <= len(made):
        raise AlreadyDecided
    rules.check_open(is_open=learning.is_open(get_enrolment(run.enrolment_id), now))
    play = walk(simulation, [*made, option])
    if position != len(made) + 1 or len(play.steps) != position:
        raise NotFound
    db.session.add(
        Decision(
            id=new_id(),
            run_id=run.id,
            position=position,
            scene=play.steps[-1].scene.id,
            option=option,
            made_at=now,
        )
    )
    db.session.flush()
    if play.ending is not None:
        _finish(run, play, play.ending.id, actor=actor, now=now)
    return play


def follow_cohort(event: CohortMoved) -> None:
    """Let runs of a case that decides the same in the new release count there; the others stay at the old one."""
    _follow(event.same_questions, Enrolment.cohort_id == event.subject_id)


def follow_person(event: EnrolmentMoved) -> None:
    """Let a person's runs of a case that decides the same in their other cohort count there."""
    _follow(event.same_questions, Enrolment.id == event.subject_id)


def _follow(same: Iterable[tuple[str, str]], whose: ColumnElement[bool]) -> None:
    mine = select(Enrolment.id).where(whose)
    other = aliased(Run)
    for old, new in same:
        is_there = exists().where(other.enrolment_id == Run.enrolment_id, other.unit_id == UUID(new))
        db.session.execute(
            update(Run)
            .where(Run.unit_id == UUID(old), Run.enrolment_id.in_(mine), ~is_there)
            .values(unit_id=UUID(new))
            .execution_options(synchronize_session=False)
        )
    db.session.expire_all()


def _finish(run: Run, play: Play, ending: str, *, actor: Actor, now: datetime) -> None:
    """Keep what the run came to; a passed one finishes the unit and may complete the course."""
    simulation = queries.get_simulation(run.unit_id).simulation
    is_passed = judge(simulation, play).is_passed
    run.ended_at, run.ending, run.is_passed = now, ending, is_passed
    run.score = {axis.value: score for axis, score in play.scores.items()}
    db.session.flush()
    publish(
        SimulationEnded(
            at=now, actor=actor, subject_id=run.id, enrolment_id=run.enrolment_id, unit_id=run.unit_id,
            number=run.number, ending=ending, is_passed=is_passed,
        )
    )  # fmt: skip
    if is_passed:
        enrolment = get_enrolment(run.enrolment_id)
        learning.finish_unit(enrolment, db.session.get_one(Unit, run.unit_id), actor=actor, now=now)
        learning.review_completion(enrolment, actor=actor, now=now)


def _hold(run: Run) -> None:
    """Read the run anew and keep it from others until the transaction ends, so that two clicks wait for each other."""
    db.session.refresh(run, with_for_update=True)
