"""What can be reached in a simulation, and the best and worst that can come of it."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.courses.compiler.course import Axis
from lms.courses.compiler.simulation_graph import MAX_SCENES, Edge, Graph, bounds

SAFE = Axis.SAFETY
NAMES = "abc"
LONGEST = 8


def graph(**scenes):
    """Return a graph that starts at a; what is no scene is an ending. Choices are (target, points)."""
    edges = {
        name: tuple(
            Edge(source=name, key=str(index), target=target, scores={SAFE: points})
            for index, (target, points) in enumerate(choices)
        )
        for name, choices in scenes.items()
    }
    targets = {edge.target for each in edges.values() for edge in each}
    return Graph(start="a", edges=edges, endings=frozenset(targets - set(edges)))


def test_everything_that_a_choice_leads_to_is_reached():
    found = graph(a=[("b", 0), ("end", 0)], b=[("end", 0)], lost=[("end", 0)])
    assert found.reached == {"a", "b", "end"}


def test_a_loop_without_exit_never_ends():
    found = graph(a=[("b", 0), ("end", 0)], b=[("c", 0)], c=[("b", 0)])
    assert found.saved == {"a", "end"}


@pytest.mark.parametrize(
    ("scenes", "best", "worst"),
    [
        pytest.param({"a": [("end", 2), ("end", -1)]}, 2, -1, id="one scene"),
        pytest.param({"a": [("b", 2), ("c", 1)], "b": [("end", -2)], "c": [("end", 2)]}, 3, 0, id="two ways"),
        pytest.param({"a": [("a", 1), ("end", 0)]}, 1, 0, id="a choice that returns counts once"),
        pytest.param({"a": [("b", 0)], "b": [("a", 2), ("end", 0)]}, 2, 0, id="the way back may pay"),
        pytest.param({"a": [("b", -2), ("end", 2)], "b": [("a", 1)]}, 2, 1, id="returning mends part of it"),
        pytest.param(
            {"a": [("b", 2), ("end", 0)], "b": [("b", 1)]}, 0, 0, id="what never ends does not count"
        ),
    ],
)
def test_the_bounds_are_those_of_the_stories_that_end(scenes, best, worst):
    found = bounds(graph(**scenes))
    assert (found.best_total, found.worst_total) == (best, worst)
    assert (found.best[SAFE], found.worst[SAFE]) == (best, worst)
    assert (found.best[Axis.ROUTE], found.worst[Axis.ROUTE]) == (0, 0)


def test_without_an_ending_there_are_no_bounds():
    assert bounds(graph(a=[("b", 0)], b=[("a", 0)])) is None


def test_a_graph_too_large_to_tell_is_not_told():
    scenes = {f"s{n}": [(f"s{n + 1}", 1)] for n in range(MAX_SCENES + 1)}
    assert bounds(graph(a=[("s0", 1)], **scenes)) is None


def test_the_longest_story_allowed_is_told():
    scenes = {f"s{n}": [(f"s{n + 1}", 1), (f"s{n + 1}", -1)] for n in range(MAX_SCENES - 1)}
    assert bounds(graph(a=[("s0", 1)], **scenes)).best_total == MAX_SCENES


def every_story(found, longest):
    """Give the points of every story of up to so many choices that ends, each choice counted once."""
    for keys in (keys for length in range(1, longest + 1) for keys in product("01", repeat=length)):
        at, made = found.start, {}
        for key in keys:
            edge = next((each for each in found.edges.get(at, ()) if each.key == key), None)
            if edge is None:
                break
            made[edge] = edge.scores[SAFE]
            at = edge.target
        else:
            if at in found.endings:
                yield sum(made.values())


choices = st.tuples(st.sampled_from([*NAMES, "end"]), st.integers(-2, 2))


@settings(deadline=None)
@given(st.lists(st.lists(choices, min_size=1, max_size=2), min_size=3, max_size=3))
def test_no_story_that_can_be_played_leaves_the_bounds_and_one_reaches_the_best(scenes):
    found = graph(**dict(zip(NAMES, scenes, strict=True)))
    told = bounds(found)
    totals = list(every_story(found, LONGEST))
    if told is None:
        assert not totals
        return
    assert all(told.worst_total <= total <= told.best_total for total in totals)
    if len(told.best_path) <= LONGEST:
        assert told.best_total in totals
