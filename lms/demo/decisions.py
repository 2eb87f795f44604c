"""Simulations as participants of the demonstration play them: well or badly, and again when they did not pass."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from lms.assessments.simulations.models import Decision, Run
from lms.core.db import db
from lms.core.ids import new_id
from lms.courses.compiler.course import Scene, Simulation
from lms.courses.models import Unit
from lms.courses.play import Play, best_of, judge, walk
from lms.courses.queries import simulation_of

MOST_RUNS = 3
"""Times that somebody of the demonstration tries a case."""
MOST_DECISIONS = 40
MINUTES_EACH = 1


def play_simulation(enrolment_id: UUID, unit: Unit, *, skill: float, at: datetime, chance: Random) -> bool:
    """Write the runs of one person with every decision; say whether the last one passed.

    `skill` is the chance, in [0, 1], of the choice that cares most; it grows with each run.
    """
    simulation = simulation_of(unit)
    for number in range(1, MOST_RUNS + 1):
        moment = at + timedelta(hours=number - 1)
        play = _play(simulation, min(0.99, skill + 0.08 * (number - 1)), chance)
        is_passed = judge(simulation, play).is_passed
        run = _run(enrolment_id, unit.id, number, moment, play) | {"is_passed": play.is_over and is_passed}
        db.session.execute(insert(Run), [run])
        db.session.execute(insert(Decision), list(_decisions(run["id"], play, run["started_at"])))
        if run["is_passed"]:
            return True
    return False


def _play(simulation: Simulation, skill: float, chance: Random) -> Play:
    play = walk(simulation, ())
    made: list[str] = []
    while play.scene is not None and len(made) < MOST_DECISIONS:
        made.append(_choose(play.scene, skill, chance))
        play = walk(simulation, made)
    return play


def _choose(scene: Scene, skill: float, chance: Random) -> str:
    best = best_of(scene)
    others = [choice for choice in scene.choices if choice is not best]
    return (best if chance.random() < skill else chance.choice(others)).key


def _run(enrolment_id: UUID, unit_id: UUID, number: int, at: datetime, play: Play) -> dict[str, Any]:
    return {
        "id": new_id(),
        "enrolment_id": enrolment_id,
        "unit_id": unit_id,
        "number": number,
        "started_at": at - timedelta(minutes=MINUTES_EACH * (len(play.steps) + 1)),
        "ended_at": at,
        "ending": play.ending.id if play.ending else None,
        "score": {axis.value: score for axis, score in play.scores.items()} if play.ending else None,
    }


def _decisions(run_id: UUID, play: Play, started_at: datetime) -> Iterator[dict[str, Any]]:
    for position, step in enumerate(play.steps, 1):
        yield {
            "id": new_id(),
            "run_id": run_id,
            "position": position,
            "scene": step.scene.id,
            "option": step.choice.key,
            "made_at": started_at + timedelta(minutes=MINUTES_EACH * position),
        }
