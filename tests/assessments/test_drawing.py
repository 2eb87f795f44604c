"""What an attempt draws from a bank: the right number, no question twice, and the same from the same seed."""

from dataclasses import replace
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from lms.assessments.attempts import rules, service
from lms.core.actors import SYSTEM
from lms.courses.compiler.course import Quiz
from lms.testing.factories.assessments import quizzes_of
from lms.testing.factories.learning import make_enrolment
from lms.testing.pytest_plugin import TODAY

names = st.lists(st.text("abcde-0123", min_size=1, max_size=6), unique=True, max_size=12)
seeds = st.integers(min_value=0, max_value=service.SEEDS)


def quiz_drawing(pool, drawn):
    return Quiz(
        slug="prueba", title="Prueba", minutes=5, attempts=3, pass_mark=0.8, shuffle=False, intro_html="",
        questions=(), pool=tuple(pool), drawn=drawn,
    )  # fmt: skip


@given(asked=names, size=st.integers(0, 12), drawn=st.none() | st.integers(1, 14), seed=seeds)
def test_an_attempt_asks_its_own_questions_and_as_many_of_the_bank_as_it_draws(asked, size, drawn, seed):
    own, pool = asked[size:], asked[:size]
    found = rules.extract(asked, quiz_drawing([*pool, "withheld"], drawn), seed)
    assert len(set(found)) == len(found) == len(own) + min(len(pool), len(pool) if drawn is None else drawn)
    assert set(own) <= set(found)
    assert found == [each for each in asked if each in found]
    assert found == rules.extract(asked, quiz_drawing([*pool, "withheld"][::-1], drawn), seed)


def test_a_thousand_seeds_ask_every_question_about_equally_often():
    pool = [f"senales-{number}" for number in range(20)]
    quiz = quiz_drawing(pool, 5)
    drawn = list(chain.from_iterable(rules.extract(pool, quiz, seed) for seed in range(1000)))
    assert set(drawn) == set(pool)
    assert all(180 < drawn.count(each) < 320 for each in pool)


def test_an_attempt_keeps_what_it_drew(unit):
    with unit():
        enrolment = make_enrolment()
        quiz = quizzes_of(enrolment)[0]
        own, *pool = quiz.questions
        drawing = replace(quiz, quiz=replace(quiz.quiz, pool=tuple(pool), drawn=1))
        attempt = service.start_attempt(enrolment, drawing, actor=SYSTEM, now=TODAY)
        assert attempt.possible == len(attempt.question_ids) == 2
        assert attempt.question_ids == rules.extract(list(quiz.questions), drawing.quiz, attempt.seed)
        assert attempt.question_ids[0] == own
        again = service.start_attempt(enrolment, drawing, actor=SYSTEM, now=TODAY)
        assert again.question_ids == attempt.question_ids
