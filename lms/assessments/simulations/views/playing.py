"""The pages of a simulation: what it is about, one scene at a time, and what the decisions came to."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessments.simulations import access, queries, rules, service
from lms.assessments.simulations.access import Sitting
from lms.assessments.simulations.errors import AlreadyDecided
from lms.assessments.simulations.permissions import SimulationPermission
from lms.assessments.simulations.queries import SimulationUnit
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import current_language
from lms.core.places import places_of
from lms.core.policy import requires
from lms.courses.play import Play, judge, results_of, walk
from lms.courses.scenes import show_moment, show_passage, steps_at
from lms.courses.tabletop import AXIS_NAMES
from lms.learning.queries import Study, routes_of
from lms.learning.rules import RouteModule, RouteUnit
from lms.plugins.blocks import Reader
from lms.web.kit import go, render, say

bp = Blueprint("simulations", __name__, url_prefix="/simulations", template_folder="../templates")
SIMULATION = "/enrolments/<uuid:enrolment_id>/units/<uuid:unit_id>"
RUN = "/runs/<uuid:run_id>"
LONGEST = 4
"""Digits of the number of a decision."""


@bp.get(SIMULATION)
@requires(SimulationPermission.PLAY)
def open_simulation(enrolment_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Say what the case is about and how the runs before went."""
    study, unit = access.access_simulation(current_actor(), enrolment_id, unit_id)
    runs = queries.list_runs(study.id, unit.id)
    return render(
        "simulations/intro.html",
        study=study,
        unit_id=unit.id,
        simulation=unit.simulation,
        endings={ending.id: ending.title for ending in unit.simulation.endings},
        axes=AXIS_NAMES,
        ended=[run for run in reversed(runs) if run.ending],
        is_running=bool(runs) and runs[-1].ended_at is None,
        has_run=bool(runs),
        is_open=study.is_open(now()),
        day=study.day(now()),
        intro=show_passage(unit.simulation, unit.simulation.intro, _reader(study), base=_base(study)),
        **_place(study, unit),
    )


@bp.post(SIMULATION + "/runs")
@requires(SimulationPermission.PLAY)
def start(enrolment_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Begin a run, or go on with the one that was left open."""
    study, unit = access.access_simulation(current_actor(), enrolment_id, unit_id)
    run = service.start_run(study.enrolment, unit, actor=current_actor(), now=now())
    return go(url_for(".play", run_id=run.id))


@bp.get(RUN)
@requires(SimulationPermission.PLAY)
def play(run_id: UUID) -> ResponseReturnValue:
    """Show what the last decision brought and the scene in which the next one is made."""
    sitting = access.access_run(current_actor(), run_id)
    if sitting.run.ended_at is not None and sitting.run.ending is None:
        return go(url_for(".open_simulation", enrolment_id=sitting.study.id, unit_id=sitting.unit.id))
    return _scene_page(sitting)


@bp.post(RUN + "/decisions")
@requires(SimulationPermission.PLAY)
def decide(run_id: UUID) -> ResponseReturnValue:
    """Note a decision and show what comes of it; one that was already made leads to where the story stands."""
    sitting = access.access_run(current_actor(), run_id)
    position, option = request.form.get("position", ""), request.form.get("option", "")
    if not position.isdecimal() or len(position) > LONGEST or position == "0":
        raise NotFound
    if not option:
        return _scene_page(sitting, is_empty=True, status=422)
    try:
        service.decide(sitting.run, position=int(position), option=option, actor=current_actor(), now=now())
    except AlreadyDecided as refusal:
        say(refusal.message, "info")
    return go(url_for(".play", run_id=run_id))


@bp.post(RUN + "/restart")
@requires(SimulationPermission.PLAY)
def restart(run_id: UUID) -> ResponseReturnValue:
    """Leave the run and begin another; what was decided stays on record."""
    sitting = access.access_run(current_actor(), run_id)
    run = service.start_again(sitting.run, actor=current_actor(), now=now())
    return go(url_for(".play", run_id=run.id))


@bp.get(RUN + "/debrief")
@requires(SimulationPermission.PLAY)
def debrief(run_id: UUID) -> ResponseReturnValue:
    """Say what the decisions cared for, which were critical errors, and what else could be done."""
    sitting = access.access_run(current_actor(), run_id)
    if sitting.run.ending is None:
        return go(url_for(".play", run_id=run_id))
    study, simulation = sitting.study, sitting.unit.simulation
    story = _story(sitting)
    return render(
        "simulations/debrief.html",
        run=sitting.run,
        study=study,
        simulation=simulation,
        play=story,
        verdict=judge(simulation, story),
        results=results_of(simulation, story),
        steps=steps_at(story.steps, _base(study)),
        closing=show_passage(simulation, simulation.closing, _reader(study), base=_base(study)),
        is_open=study.is_open(now()),
        axes=AXIS_NAMES,
        **_place(study, sitting.unit),
    )


def _scene_page(sitting: Sitting, *, is_empty: bool = False, status: int = 200) -> ResponseReturnValue:
    study, simulation = sitting.study, sitting.unit.simulation
    story = _story(sitting)
    if not story.is_over:
        rules.check_open(is_open=study.is_open(now()))
    reader, base = _reader(study), _base(study)
    return render(
        "simulations/play.html",
        status=status,
        run=sitting.run,
        study=study,
        simulation=simulation,
        moment=show_moment(simulation, story, reader, base=base),
        intro=show_passage(simulation, simulation.intro, reader, base=base),
        is_empty=is_empty,
        axes=AXIS_NAMES,
        **_place(study, sitting.unit),
    )


def _story(sitting: Sitting) -> Play:
    decisions = queries.list_decisions(sitting.run.id)
    return walk(sitting.unit.simulation, [decision.option for decision in decisions])


def _reader(study: Study) -> Reader:
    return Reader(
        today=study.day(now()),
        sector=study.enrolment.sector,
        places=places_of(study.programme.country, study.programme.territory),
        language=current_language(),
    )


def _base(study: Study) -> str:
    """Return the address under which the pages of the course stand as module/page."""
    return url_for("learning.course", enrolment_id=study.id)


def _place(study: Study, unit: SimulationUnit) -> dict[str, Any]:
    """Return where the simulation stands on the person's route: its module and what follows."""
    route = routes_of([study])[study.id]
    here: RouteUnit = next(each for each in route.units if each.id == unit.id)
    module: RouteModule = route.module_of(here)
    return {"module": module, "here": here, "after": route.neighbours(here)[1]}
