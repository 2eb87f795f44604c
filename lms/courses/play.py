"""Playing a simulation: where somebody stands after some choices, and what those choices were worth. Pure.

A choice counts once, however often a loop leads back to it: returning mends the story, not the score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from lms.courses.compiler.course import Axis, Choice, Ending, Scene, Simulation
from lms.courses.compiler.simulation_graph import Edge, Graph

STRONG, FAIR = Fraction(4, 5), Fraction(1, 2)
"""Shares of what an axis offers from which it is strong, and from which it is fair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A choice that was made, where it was made."""

    scene: Scene
    choice: Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """Where a story stands."""

    steps: tuple[Step, ...]
    scene: Scene | None
    """What must be decided now; None at an ending."""
    ending: Ending | None
    scores: Mapping[Axis, int]

    @property
    def is_over(self) -> bool:
        """Say whether an ending is reached."""
        return self.ending is not None

    @property
    def last(self) -> Step | None:
        """Return the choice whose consequence is to be read now."""
        return self.steps[-1] if self.steps else None

    @property
    def total(self) -> int:
        """Return the points over all axes."""
        return sum(self.scores.values())

    @property
    def criticals(self) -> tuple[Step, ...]:
        """Return the critical errors, each once, in the order in which they were made."""
        found = {(step.scene.id, step.choice.key): step for step in self.steps if step.choice.critical}
        return tuple(found.values())


class Level(StrEnum):
    """How an axis came out, in words."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"
    UNTRIED = "untried"
    """Nothing on this path was judged on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisResult:
    """What the choices were worth on one axis."""

    axis: Axis
    score: int
    best: int
    worst: int
    level: Level
    percent: int
    """How far the score lies between the worst (0) and the best (100)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a finished story came to."""

    share: Fraction
    """Part of the best total that was earned, in [0, 1]; of one axis where the author asks for it there."""
    is_passed: bool


def walk(simulation: Simulation, choices: Sequence[str]) -> Play:
    """Return where these choices lead; a choice that its scene does not offer, and all after it, are left out."""
    scenes = {scene.id: scene for scene in simulation.scenes}
    at, steps = simulation.start, list[Step]()
    for key in choices:
        step = _step(scenes.get(at), key)
        if step is None:
            break
        steps.append(step)
        at = step.choice.target
    return Play(
        steps=tuple(steps),
        scene=scenes.get(at),
        ending=next((ending for ending in simulation.endings if ending.id == at), None),
        scores=_scores(steps),
    )


def judge(simulation: Simulation, play: Play) -> Verdict:
    """Return whether a story passes: it has ended and, where a mark is asked for, reaches it without critical error.

    The mark is asked of the points of all axes, or of the one that the author names.
    """
    axis, bounds = simulation.pass_axis, simulation.bounds
    best = bounds.best_total if axis is None else bounds.best.get(axis, 0)
    points = play.total if axis is None else play.scores.get(axis, 0)
    share = Fraction(max(points, 0), best) if best > 0 else Fraction(0)
    mark = Fraction(0) if simulation.pass_mark is None else Fraction(repr(simulation.pass_mark))
    is_free_of_harm = simulation.pass_mark is None or not play.criticals
    return Verdict(
        share=min(share, Fraction(1)), is_passed=play.is_over and is_free_of_harm and share >= mark
    )


def results_of(simulation: Simulation, play: Play) -> list[AxisResult]:
    """Return how each axis of the simulation came out, in their order; axes that nothing scores are left out."""
    scored = {axis for scene in simulation.scenes for choice in scene.choices for axis in choice.scores}
    tried = {axis for step in play.steps for choice in step.scene.choices for axis in choice.scores}
    return [_result(simulation, play, axis, is_tried=axis in tried) for axis in Axis if axis in scored]


def graph_of(simulation: Simulation) -> Graph:
    """Return the graph of a simulation."""
    edges = {
        scene.id: tuple(
            Edge(source=scene.id, key=choice.key, target=choice.target, scores=choice.scores)
            for choice in scene.choices
        )
        for scene in simulation.scenes
    }
    endings = frozenset(ending.id for ending in simulation.endings)
    return Graph(start=simulation.start, edges=edges, endings=endings)


def best_of(scene: Scene) -> Choice:
    """Return the choice of a scene that earns most; of two alike the first."""
    return max(scene.choices, key=lambda choice: sum(choice.scores.values()))


def _step(scene: Scene | None, key: str) -> Step | None:
    choices = scene.choices if scene else ()
    found = next((choice for choice in choices if choice.key == key), None)
    return Step(scene=scene, choice=found) if scene and found else None


def _scores(steps: Sequence[Step]) -> dict[Axis, int]:
    once = {(step.scene.id, step.choice.key): step.choice for step in steps}
    return {axis: sum(choice.scores.get(axis, 0) for choice in once.values()) for axis in Axis}


def _result(simulation: Simulation, play: Play, axis: Axis, *, is_tried: bool) -> AxisResult:
    best, worst = simulation.bounds.best[axis], simulation.bounds.worst[axis]
    score = play.scores[axis]
    share = Fraction(score - worst, best - worst) if best > worst else Fraction(1)
    return AxisResult(
        axis=axis,
        score=score,
        best=best,
        worst=worst,
        level=_level(share) if is_tried else Level.UNTRIED,
        percent=round(100 * share),
    )


def _level(share: Fraction) -> Level:
    if share >= STRONG:
        return Level.STRONG
    return Level.FAIR if share >= FAIR else Level.WEAK
