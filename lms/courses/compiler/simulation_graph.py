"""The graph of a simulation: what can be reached, what has no way out, and the best and worst that can come of it.

A choice counts once, however often a loop leads back to it. So a walk through a loop is judged by the set of choices
made inside it, and since nobody returns to a loop once they have left it, that set starts empty in each one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lms.courses.compiler.course import Axis, Bounds

MAX_SCENES = 150
"""Scenes of one simulation; a training case has about ten."""
MAX_LOOP = 10
"""Choices that stay inside one loop: each one more doubles what must be tried out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A choice as the graph sees it."""

    source: str
    key: str
    target: str
    scores: Mapping[Axis, int] = field(default_factory=dict, hash=False)

    @property
    def total(self) -> int:
        """Return what the choice is worth over all axes."""
        return sum(self.scores.values())


@dataclass(frozen=True, kw_only=True)
class Graph:
    """Scenes, what leads from each, and where stories end."""

    start: str
    edges: Mapping[str, tuple[Edge, ...]]
    """The choices of each scene; their targets are scenes or endings."""
    endings: frozenset[str]

    @cached_property
    def reached(self) -> frozenset[str]:
        """Scenes and endings that some story comes to."""
        return _closure({self.start}, lambda node: {edge.target for edge in self.edges.get(node, ())})

    @cached_property
    def saved(self) -> frozenset[str]:
        """Scenes from which an ending can be reached, and the endings."""
        sources: dict[str, set[str]] = {}
        for edges in self.edges.values():
            for edge in edges:
                sources.setdefault(edge.target, set()).add(edge.source)
        return _closure(set(self.endings), lambda node: sources.get(node, set()))

    @cached_property
    def loop_of(self) -> Mapping[str, int]:
        """The loop that each reached scene belongs to; two scenes of one loop can be reached from each other."""
        onward = {node: _closure({node}, self._next) for node in self.reached if node in self.edges}
        loops: dict[str, int] = {}
        for number, node in enumerate(sorted(onward)):
            mates = [other for other in onward[node] if node in onward.get(other, ())]
            loops[node] = min((loops[mate] for mate in mates if mate in loops), default=number)
        return loops

    @cached_property
    def largest_loop(self) -> int:
        """How many choices stay inside the largest loop."""
        counts: dict[int, int] = {}
        for node in self.loop_of:
            inner = sum(self.is_inside(edge) for edge in self.edges[node])
            counts[self.loop_of[node]] = counts.get(self.loop_of[node], 0) + inner
        return max(counts.values(), default=0)

    def is_inside(self, edge: Edge) -> bool:
        """Say whether a choice leads to a scene from which one can come back to it."""
        return self.loop_of.get(edge.source, -1) == self.loop_of.get(edge.target, -2)

    def _next(self, node: str) -> set[str]:
        return {edge.target for edge in self.edges.get(node, ()) if edge.target in self.edges}


def bounds(graph: Graph) -> Bounds | None:
    """Return the best and the worst of all stories that end; None when there is none, or too many loops to tell."""
    if len(graph.edges) > MAX_SCENES or graph.largest_loop > MAX_LOOP or graph.start not in graph.saved:
        return None
    best = _Search(graph, lambda edge: edge.total).best_from_start()
    worst = _Search(graph, lambda edge: -edge.total).best_from_start()
    return Bounds(
        best={axis: _of_axis(graph, axis, 1) for axis in Axis},
        worst={axis: -_of_axis(graph, axis, -1) for axis in Axis},
        best_total=best.value,
        worst_total=-worst.value,
        best_path=tuple(edge.key for edge in best.path),
    )


def _of_axis(graph: Graph, axis: Axis, sign: int) -> int:
    return _Search(graph, lambda edge: sign * edge.scores.get(axis, 0)).best_from_start().value


def _closure(start: set[str], following: Callable[[str], set[str]]) -> frozenset[str]:
    found, waiting = set(start), list(start)
    while waiting:
        new = following(waiting.pop()) - found
        found |= new
        waiting += new
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Story:
    value: int
    path: tuple[Edge, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """The more it is worth the better, and of two the shorter."""
        return self.value, -len(self.path)


_Made = frozenset[Edge]


class _Search:
    """Finds the story of the highest value, by scene and by the choices already made inside its loop."""

    def __init__(self, graph: Graph, worth: Callable[[Edge], int]) -> None:
        self._graph = graph
        self._worth = worth
        self._known: dict[tuple[str, _Made], _Story | None] = {}

    def best_from_start(self) -> _Story:
        return self._best(self._graph.start, frozenset()) or _Story(0, ())

    def _best(self, node: str, made: _Made) -> _Story | None:
        """Return the best story from here, or None when none ends."""
        if node in self._graph.endings:
            return _Story(0, ())
        if (node, made) not in self._known:
            stories = [story for way in self._ways(node, made) if (story := self._after(way, made))]
            self._known[node, made] = max(stories, key=lambda story: story.rank, default=None)
        return self._known[node, made]

    def _after(self, way: tuple[Edge, ...], made: _Made) -> _Story | None:
        """Return the best story that begins with a way whose last choice is new."""
        last = way[-1]
        if last.target not in self._graph.saved:
            return None
        rest = self._best(last.target, made | {last} if self._graph.is_inside(last) else frozenset())
        return rest and _Story(self._worth(last) + rest.value, way + rest.path)

    def _ways(self, node: str, made: _Made) -> list[tuple[Edge, ...]]:
        """Return each choice that is still new, after the choices made before that lead to it again for nothing."""
        ways: list[tuple[Edge, ...]] = []
        waiting: list[tuple[str, tuple[Edge, ...]]] = [(node, ())]
        seen = {node}
        while waiting:
            at, before = waiting.pop(0)
            for edge in self._graph.edges.get(at, ()):
                if edge not in made:
                    ways.append((*before, edge))
                elif edge.target not in seen:
                    seen.add(edge.target)
                    waiting.append((edge.target, (*before, edge)))
        return ways
