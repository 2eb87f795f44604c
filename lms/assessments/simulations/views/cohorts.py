"""The page of a cohort's decisions: how many took which way, never who."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from lms.assessments.simulations import queries, rules
from lms.assessments.simulations.permissions import SimulationPermission
from lms.assessments.simulations.queries import SimulationUnit
from lms.core.auth import current_actor
from lms.core.policy import requires
from lms.courses.compiler.course import Choice, Scene
from lms.courses.play import best_of
from lms.courses.tabletop import AXIS_NAMES
from lms.learning.access import access_cohort
from lms.learning.tabs import tabs_of
from lms.web.kit import render

bp = Blueprint("cohort_simulations", __name__, url_prefix="/simulations", template_folder="../templates")
Tally = Counter[tuple[UUID, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenChoice:
    """A choice with how many people took it; None where it may not be said."""

    choice: Choice
    count: int | None
    percent: int | None
    is_best: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenScene:
    """A scene with what was decided in it."""

    title: str
    language: str
    """In which it is written, when that is not the language of the page."""
    choices: tuple[TakenChoice, ...]


@bp.get("/cohorts/<uuid:cohort_id>")
@requires(SimulationPermission.READ)
def cohort_page(cohort_id: UUID) -> ResponseReturnValue:
    """Show which decision was taken by how many people of a cohort, the first time they came to each scene."""
    actor = current_actor()
    cohort = access_cohort(actor, SimulationPermission.READ, cohort_id)
    tally = queries.tally_decisions(actor, SimulationPermission.READ, cohort_id)
    units = queries.list_simulations(cohort.release_id)
    return render(
        "simulations/cohort.html",
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        people_count=queries.count_people(actor, SimulationPermission.READ, cohort_id),
        simulations=[(unit.simulation, _scenes(unit, tally)) for unit in units],
        smallest=rules.SMALLEST,
        axes=AXIS_NAMES,
    )


def _scenes(unit: SimulationUnit, tally: Tally) -> list[TakenScene]:
    return [_scene(unit.id, scene, tally) for scene in unit.simulation.scenes]


def _scene(unit_id: UUID, scene: Scene, tally: Tally) -> TakenScene:
    counts = [tally[unit_id, scene.id, choice.key] for choice in scene.choices]
    total, best = sum(counts), best_of(scene)
    return TakenScene(
        title=scene.title,
        language=scene.language,
        choices=tuple(
            TakenChoice(
                choice=choice,
                count=count,
                percent=None if count is None else round(100 * count / total),
                is_best=choice is best,
            )
            for choice, count in zip(scene.choices, rules.shown_counts(counts), strict=True)
        ),
    )
