"""Where somebody stands after some choices, and what they were worth."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.courses.compiler.course import Axis, Bounds, Choice, Ending, Scene, Simulation
from lms.courses.compiler.simulation_graph import bounds
from lms.courses.play import Level, best_of, graph_of, judge, results_of, walk
from lms.testing.factories.courses import SIMULATION
from tests.courses.simulations.conftest import HEAD

BODY = SIMULATION.partition("---\n\n")[2].replace("[la lección](01-leccion.md)", "la lección")


@pytest.fixture
def case(case_of):
    return case_of(BODY)


@pytest.mark.parametrize(
    ("choices", "place", "scores"),
    [
        ("", "ventanilla", {}),
        ("b", "a-solas", {Axis.SAFETY: 2, Axis.CARE: 1}),
        ("bb", "acuerdo", {Axis.SAFETY: 2, Axis.CARE: 3, Axis.ROUTE: 2, Axis.CONFIDENTIALITY: 1}),
        ("ab", "se-fue", {Axis.SAFETY: -2, Axis.ROUTE: -2}),
        ("aab", "acuerdo", {Axis.SAFETY: -1, Axis.CARE: 2, Axis.ROUTE: 2, Axis.CONFIDENTIALITY: 1}),
    ],
)
def test_choices_lead_from_scene_to_scene(case, choices, place, scores):
    play = walk(case, list(choices))
    assert (play.scene or play.ending).id == place
    assert {axis: score for axis, score in play.scores.items() if score} == scores
    assert len(play.steps) == len(choices)


@pytest.mark.parametrize("choices", ["z", "", "?"])
def test_a_choice_that_is_not_offered_leads_nowhere(case, choices):
    assert walk(case, list(choices)).scene.id == "ventanilla"


def test_nothing_is_chosen_after_an_ending(case):
    play = walk(case, ["b", "b", "a"])
    assert play.is_over
    assert len(play.steps) == 2


def test_the_last_choice_is_the_one_whose_consequence_is_read(case):
    assert walk(case, []).last is None
    assert "contesta por ella" in walk(case, ["a"]).last.choice.consequence_html


def test_a_critical_error_stays_whatever_comes_after(case):
    play = walk(case, ["a", "a", "b"])
    assert [step.scene.id for step in play.criticals] == ["ventanilla"]
    assert walk(case, ["b", "b"]).criticals == ()


def test_without_a_mark_any_ending_passes(case):
    assert judge(case, walk(case, ["a", "b"])).is_passed
    assert not judge(case, walk(case, ["b"])).is_passed


@pytest.mark.parametrize(
    ("mark", "choices", "passed"),
    [("0.8", "bb", True), ("1", "bb", True), ("0.5", "ba", False), ("0", "ab", False), ("0", "aab", False)],
)
def test_with_a_mark_points_and_care_decide(case_of, mark, choices, passed):
    case = case_of(BODY, extra=f"aprobar: {mark}\n")
    assert judge(case, walk(case, list(choices))).is_passed is passed


@pytest.mark.parametrize(("choices", "passed"), [("bb", True), ("ba", True), ("ab", False)])
def test_a_mark_on_one_axis_looks_at_no_other(case_of, choices, passed):
    case = case_of(BODY, extra="aprobar: 0.7\naprobar-en: seguridad\n")
    assert case.pass_axis is Axis.SAFETY
    assert judge(case, walk(case, list(choices))).is_passed is passed


def test_the_share_is_that_of_the_best_total(case):
    assert judge(case, walk(case, ["b", "b"])).share == 1
    assert judge(case, walk(case, ["b", "a"])).share == Fraction(1, 8)
    assert judge(case, walk(case, ["a", "b"])).share == 0


def test_each_axis_comes_out_in_words(case):
    levels = {each.axis: each.level for each in results_of(case, walk(case, ["b", "b"]))}
    assert levels == dict.fromkeys(Axis, Level.STRONG)
    worst = {each.axis: each for each in results_of(case, walk(case, ["a", "b"]))}
    assert worst[Axis.SAFETY].level is Level.WEAK
    assert worst[Axis.CONFIDENTIALITY].level is Level.UNTRIED
    assert (worst[Axis.SAFETY].percent, worst[Axis.SAFETY].best) == (0, 2)


def test_the_best_path_is_one_that_earns_the_best_total(case):
    play = walk(case, case.bounds.best_path)
    assert play.is_over
    assert play.total == case.bounds.best_total == 8


def test_the_best_choice_of_a_scene_is_the_one_that_earns_most(case):
    assert [best_of(scene).key for scene in case.scenes] == ["b", "a", "b"]


scores = st.dictionaries(st.sampled_from(list(Axis)), st.integers(-2, 2), max_size=3)
NODES = ["s0", "s1", "s2", "end"]


def choice(key, target, points):
    return Choice(
        key=key, html="", target=target, scores=points, critical="", consequence_html="", reason_html=""
    )


@st.composite
def simulations(draw):
    scenes = tuple(
        Scene(
            id=f"s{number}",
            title="",
            parts=(),
            choices=tuple(choice(key, draw(st.sampled_from(NODES)), draw(scores)) for key in "ab"),
        )
        for number in range(3)
    )
    made = simulation(scenes)
    found = bounds(graph_of(made))
    return made if found is None else simulation(scenes, found)


UNKNOWN = Bounds(best={}, worst={}, best_total=0, worst_total=0, best_path=())


def simulation(scenes, found=UNKNOWN):
    return Simulation(
        slug="", title="", minutes=1, objective="", reviewed_on=None, intensity="low", jurisdiction="general",
        pass_mark=None, intro=(), start="s0", scenes=scenes, endings=(Ending(id="end", title="", parts=()),),
        closing=(), bounds=found, terms=(), sources=(), icons=(),
    )  # fmt: skip


@settings(deadline=None)
@given(simulations(), st.lists(st.sampled_from("abz"), max_size=12))
def test_walking_never_fails_and_keeps_its_count(made, choices):
    play = walk(made, choices)
    assert (play.scene is None) == play.is_over
    assert walk(made, [step.choice.key for step in play.steps]) == play
    assert play.total == sum(play.scores.values())
    if play.is_over and made.bounds.best:
        assert made.bounds.worst_total <= play.total <= made.bounds.best_total
        assert all(0 <= each.percent <= 100 for each in results_of(made, play))


@settings(deadline=None)
@given(simulations())
def test_the_best_path_can_be_walked_to_its_total(made):
    play = walk(made, made.bounds.best_path)
    if made.bounds.best_path:
        assert play.is_over
        assert play.total == made.bounds.best_total


def test_the_page_of_the_tests_is_written_as_the_factory_writes_it():
    assert HEAD.partition("\n")[0] in SIMULATION
