"""Every course that comes with the product is worth a trainee's time: complete, sourced, and fairly asked."""

import re
from functools import cache
from pathlib import Path

import pytest

from lms.courses import service
from lms.courses.compiler.checks.length import minutes_of
from lms.courses.compiler.course import Lesson, Simulation
from lms.courses.counting import is_longest_right, is_shortest_right, questions_of, take_inventory

ROOT = Path(__file__).resolve().parents[2]
COURSES = sorted(path.parent.name for path in (ROOT / "content/courses").glob("*/curso.yaml"))
FLAGSHIP = "ruta-deteccion-canalizacion"
UNSIGNED = {"R601", "R604", "R605"}
"""Pages, questions, steps of routes and contacts that nobody has signed yet: only an authority of the place can."""
TIMING = 0.25
"""Share by which announced and computed minutes may differ."""
GIVEN_AWAY = 0.35
"""Share of the questions that somebody may get right by the length of an option; chance alone is one in four."""
ABSOLUTE = re.compile(
    r"\b(siempre|nunca|jamás|todo|todos|toda|todas|ningún|ninguno|ninguna|solamente|únicamente)\b",
    re.IGNORECASE,
)


@cache
def compiled(slug):
    return service.check(ROOT / "content/courses" / slug)


@pytest.fixture(params=COURSES)
def course(request, app):
    with app.app_context():
        return compiled(request.param)


@pytest.fixture
def pages(course):
    return [(module, unit) for module in course.attempt.modules for unit in module.units]


@pytest.fixture
def lessons(pages):
    return [unit for _, unit in pages if isinstance(unit, Lesson)]


def test_the_checker_finds_nothing_but_what_waits_for_an_authority(course):
    assert [str(each) for each in course.diagnostics if each.code not in UNSIGNED] == []


def test_every_lesson_says_what_for_and_from_where_and_asks_something(lessons):
    assert [
        each.title for each in lessons if not (each.objective and each.sources and list(questions_of(each)))
    ] == []


def test_every_lesson_takes_about_as_long_as_it_says(lessons):
    def misses(lesson):
        real = minutes_of(lesson.words, len(list(questions_of(lesson))))
        return abs(lesson.minutes - real) > max(TIMING * real, 1)

    assert [f"{each.title}: {each.minutes}" for each in lessons if misses(each)] == []


def test_every_fork_speaks_to_the_five_sectors(course):
    assert take_inventory(course.attempt).partial_forks == ()


def test_the_best_way_through_a_simulation_ends_and_scores_best(pages):
    for _, unit in pages:
        if isinstance(unit, Simulation):
            scenes, at = {scene.id: scene for scene in unit.scenes}, unit.start
            total = 0
            for key in unit.bounds.best_path:
                made = next(choice for choice in scenes[at].choices if choice.key == key)
                assert not made.critical
                total, at = total + sum(made.scores.values()), made.target
            assert at in {ending.id for ending in unit.endings}
            assert total == unit.bounds.best_total > 0 > unit.bounds.worst_total


def test_no_question_is_passed_by_the_length_of_its_options(course):
    singles = [each for each in take_inventory(course.attempt).questions if each.type == "single"]
    allowed = GIVEN_AWAY * len(singles)
    assert sum(map(is_longest_right, singles)) <= allowed
    assert sum(map(is_shortest_right, singles)) <= allowed


def test_absolute_words_do_not_give_the_wrong_options_away(course):
    singles = [each for each in take_inventory(course.attempt).questions if each.type == "single"]
    rows = [
        (option.is_right, bool(ABSOLUTE.search(option.html))) for each in singles for option in each.options
    ]
    wrong = [hit for right, hit in rows if not right]
    right = [hit for right, hit in rows if right]
    assert sum(wrong) / len(wrong) <= 2 * sum(right) / len(right) + 0.05


def test_every_question_has_a_level_and_every_option_a_word_about_it(course):
    questions = take_inventory(course.attempt).questions
    bare = [
        each.id for each in questions for option in each.options if each.source and not option.feedback_html
    ]
    assert bare == []
    assert [each.id for each in questions if each.options and each.level not in {"R", "A", "J"}] == []


def test_the_flagship_is_whole(app):
    with app.app_context():
        course = compiled(FLAGSHIP).attempt
    found = take_inventory(course)
    assert found.scored >= 240
    assert found.terms >= 62
    assert len(found.simulations) == 3
    assert found.drawings >= 10
    assert {module.number for module in course.modules} >= set(range(9))
    assert {"MX", "PE", "EC"} <= set(course.jurisdictions)
    assert [each.key for each in course.sources if not (each.url or each.note)] == []
