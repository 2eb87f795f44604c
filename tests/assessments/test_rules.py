"""What is asked, what passes, who may try again, and how a figure is written."""

from fractions import Fraction

import pytest

from lms.assessments.attempts import rules, scales
from lms.assessments.attempts.errors import AlreadyPassed, AttemptsUsedUp, QuizClosed
from lms.assessments.attempts.rules import Standing
from lms.institutions.programmes.rules import Scale
from lms.plugins.criteria import State

MARK = Fraction(4, 5)


@pytest.mark.parametrize(
    ("earned", "possible", "mark", "is_passed"),
    [
        (8, 10, MARK, True),
        (Fraction(79, 10), 10, MARK, False),
        (Fraction(27, 2), 20, Fraction(7, 10), False),  # 13.5 of 20 is not 14
        (14, 20, Fraction(7, 10), True),
        (Fraction(13_999_999, 1_000_000), 20, Fraction(7, 10), False),
        (3, 3, Fraction(1), True),
        (0, 0, Fraction(0), False),
    ],
)
def test_passing_is_decided_exactly(earned, possible, mark, is_passed):
    assert (
        rules.result_of([Fraction(earned)], possible=possible, mark=mark, asked=possible).is_passed
        is is_passed
    )


def test_tenths_and_thirds_add_up_to_whole_points():
    assert rules.result_of([rules.exact(0.1)] * 10, possible=1, mark=Fraction(1), asked=1).is_passed
    assert rules.result_of([Fraction(1, 3)] * 3, possible=1, mark=Fraction(1), asked=1).is_passed


@pytest.mark.parametrize("share", [0.1, 0.7, 0.8, 0.665, 0.0, 1.0])
def test_a_share_is_what_was_written(share):
    assert rules.exact(share) * 1000 == round(share * 1000)


def test_the_programme_says_what_passes_unless_the_quiz_has_a_mark_of_its_own():
    assert rules.pass_mark(quiz=0.8, course=0.8, programme=0.7) == Fraction(7, 10)
    assert rules.pass_mark(quiz=0.9, course=0.8, programme=0.7) == Fraction(9, 10)


@pytest.mark.parametrize(
    ("share", "scale", "text"),
    [
        (Fraction(17, 20), Scale.TEN, "8,5 de 10"),
        (Fraction(4, 5), Scale.TEN, "8 de 10"),
        (Fraction(7, 8), Scale.TEN, "8,75 de 10"),
        (Fraction(2, 3), Scale.TEN, "6,66 de 10"),
        (Fraction(27, 40), Scale.TWENTY, "13,5 de 20"),
        (Fraction(17, 20), Scale.PERCENT, "85 %"),
        (Fraction(1), Scale.PERCENT, "100 %"),
        (Fraction(0), Scale.TWENTY, "0 de 20"),
        (Fraction(79_999_999, 100_000_000), Scale.TEN, "7,99 de 10"),
    ],
)
def test_a_figure_is_cut_and_never_rounded_up(app, share, scale, text):
    with app.test_request_context():
        written = str(scales.figure(share, scale, mark=MARK, language="es"))
    assert " ".join(written.split()) == text


@pytest.mark.parametrize("scale", list(Scale))
@pytest.mark.parametrize("mark", [MARK, rules.exact(0.6667), rules.exact(0.7), rules.exact(0.12345)])
def test_what_is_shown_reaches_the_mark_exactly_when_the_person_does(app, scale, mark):
    with app.test_request_context():
        shown = {
            share: scales.figure(share, scale, mark=mark, language="en").number
            for share in (mark, *(Fraction(n, 300) for n in range(301)))
        }
    for share, number in shown.items():
        assert (Fraction(number) >= Fraction(shown[mark])) is (share >= mark)


def test_english_writes_a_point(app):
    with app.test_request_context():
        assert scales.figure(Fraction(17, 20), Scale.TEN, mark=MARK, language="en").number == "8.5"


def configs(*rows):
    return [{"id": name, "sector": sector, "country": country} for name, sector, country in rows]


def test_questions_are_those_for_the_sector_and_the_country():
    asked = configs(("all", "", ""), ("salud", "health", ""), ("justicia", "justice", ""), ("peru", "", "PE"))
    assert rules.draw(asked, sector="health", country="MX") == ["all", "salud"]
    assert rules.draw(asked, sector=None, country="PE") == ["all", "salud", "justicia", "peru"]


def test_a_quiz_is_never_empty():
    assert rules.draw(configs(("salud", "health", "")), sector="justice", country="MX") == ["salud"]
    assert rules.draw(configs(("peru", "", "PE")), sector="justice", country="MX") == ["peru"]


def test_the_same_seed_gives_the_same_order_and_another_one_another():
    config = {"id": "p", "options": [{"key": key} for key in "abcdefgh"]}
    orders = {"".join(each["key"] for each in rules.in_order(config, seed)["options"]) for seed in range(20)}
    assert len(orders) > 15
    assert all(sorted(order) == list("abcdefgh") for order in orders)
    assert rules.in_order(config, 7) == rules.in_order(config, 7)
    assert [each["key"] for each in config["options"]] == list("abcdefgh")


def test_an_attempt_goes_on_at_the_first_question_without_an_answer():
    assert rules.first_unanswered(["a", "b", "c"], {"a": ["x"], "b": []}) == 2
    assert rules.first_unanswered(["a"], {"a": ["x"]}) is None


def test_attempts_are_limited():
    rules.check_start(Standing(limit=3, started=2))
    with pytest.raises(AttemptsUsedUp):
        rules.check_start(Standing(limit=3, started=3))
    with pytest.raises(AlreadyPassed):
        rules.check_start(Standing(limit=3, started=1, is_passed=True))
    with pytest.raises(QuizClosed):
        rules.check_open(is_open=False)


@pytest.mark.parametrize(
    ("standing", "is_open", "reveals"),
    [
        (Standing(limit=3, started=1), True, False),
        (Standing(limit=3, started=3, has_open=True), True, False),
        (Standing(limit=3, started=3), True, True),
        (Standing(limit=3, started=1), False, True),
        (Standing(limit=3, started=1, is_passed=True), True, True),
    ],
)
def test_the_key_waits_until_no_attempt_is_left_to_spoil(standing, is_open, reveals):
    assert standing.reveals_key(is_open=is_open) is reveals


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"passed": 2, "total": 2, "is_over": True, "used_up": 0}, State.MET),
        ({"passed": 1, "total": 2, "is_over": False, "used_up": 0}, State.NOT_YET),
        ({"passed": 1, "total": 2, "is_over": False, "used_up": 1}, State.CANNOT),
        ({"passed": 1, "total": 2, "is_over": True, "used_up": 0}, State.CANNOT),
    ],
)
def test_all_quizzes_must_be_passed(values, state):
    assert rules.judge_quizzes(**values) is state
