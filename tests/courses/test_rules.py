"""What of a lesson and of a question each reader may see."""

from datetime import date

import pytest

from lms.courses import rules
from lms.courses.compiler.course import Branch, HtmlPart, Option, Question, QuestionPart, SectorPart
from lms.courses.compiler.slugs import numbers
from lms.courses.rules import CheckState
from lms.plugins.blocks import Reader

TODAY = date(2026, 11, 21)


def question(kind="single", right="b"):
    options = tuple(
        Option(key=key, html=f"opción {key}", is_right=key in right, feedback_html=f"<p>sobre {key}</p>")
        for key in "abc"
    )
    return Question(
        id="q", type=kind, stem_html="¿Cuál?", options=options, explanation_html="<p>porque sí</p>",
        source="", level="", sector="", country="", partial=False,
    )  # fmt: skip


def branch(*sectors, check=None):
    parts = (HtmlPart(html=f"<p>{sectors[0]}</p>"), *([QuestionPart(question=check)] if check else []))
    return Branch(sectors=sectors, title="", parts=parts)


FORK = SectorPart(branches=(branch("health"), branch("education", "justice"), branch("labour")))


class Parts:
    def __init__(self, *parts):
        self.parts = parts


def shown(part, sector, answered=None):
    return rules.show_lesson(Parts(part), reader=Reader(today=TODAY, sector=sector), answered=answered)[0]


@pytest.mark.parametrize(
    ("sector", "open_", "others", "is_own"),
    [
        ("health", ["health"], ["education", "labour"], True),
        ("justice", ["education"], ["health", "labour"], True),
        (None, ["health", "education", "labour"], [], False),
        ("tourism", ["health", "education", "labour"], [], False),
    ],
)
def test_a_fork_opens_the_reader_s_own_branch(sector, open_, others, is_own):
    fork = shown(FORK, sector)
    assert [each.sectors[0] for each in fork.open] == open_
    assert [each.sectors[0] for each in fork.others] == others
    assert fork.is_own is is_own


def test_a_fork_without_a_heading_before_it_brings_one():
    heading = HtmlPart(html='<h2 id="a">A</h2>')
    for parts, needs in (((FORK,), [True]), ((heading, FORK), [False]), ((FORK, FORK), [True, False])):
        shown_parts = rules.show_lesson(Parts(*parts), reader=Reader(today=TODAY))
        assert [part.needs_heading for part in shown_parts if isinstance(part, rules.ShownFork)] == needs


def test_a_question_before_answering_holds_no_key():
    asked = rules.ask(question())
    assert {(option.result, option.feedback_html) for option in asked.options} == {("", "")}
    assert asked.explanation_html == ""


@pytest.mark.parametrize(
    ("kind", "right", "chosen", "state"),
    [
        ("single", "b", "b", CheckState.RIGHT),
        ("single", "b", "a", CheckState.WRONG),
        ("single", "b", "", CheckState.EMPTY),
        ("single", "b", "z", CheckState.EMPTY),
        ("multiple", "ab", "ab", CheckState.RIGHT),
        ("multiple", "ab", "a", CheckState.PARTLY),
        ("multiple", "ab", "ac", CheckState.WRONG),
        ("multiple", "ab", "abc", CheckState.WRONG),
    ],
)
def test_feedback_speaks_of_what_was_chosen_only(kind, right, chosen, state):
    answered = rules.give_feedback(question(kind, right), chosen)
    assert answered.state is state
    told = {option.key for option in answered.options if option.result or option.feedback_html}
    assert told == set(chosen) & set("abc")
    assert bool(answered.explanation_html) is (state is CheckState.RIGHT)


def test_those_who_teach_see_the_key():
    revealed = rules.reveal(question())
    assert [option.result for option in revealed.options] == ["", "right", ""]
    assert all(option.feedback_html for option in revealed.options)


def test_an_answer_in_a_folded_branch_unfolds_it():
    fork = SectorPart(branches=(branch("health"), branch("labour", check=question())))
    assert not shown(fork, "health").has_answer
    answered = rules.read_answer({"check": "q", "answer": "a"})
    assert shown(fork, "health", answered).has_answer


def test_an_address_without_an_answer_carries_none():
    assert rules.read_answer({}) is None
    assert rules.read_answer({"check": "q"}).keys == frozenset()


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        (["00-inicio", "01-marco", "02-ruta"], [0, 1, 2]),
        (["1-a", "3-b", "10-c"], [1, 3, 10]),
        (["marco", "02-ruta"], [1, 2]),
        (["02-ruta", "01-marco"], [1, 2]),
    ],
)
def test_modules_are_called_by_the_numbers_of_their_folders(folders, expected):
    assert numbers(folders) == expected
