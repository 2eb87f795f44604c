"""What an attempt draws from a bank: the right number, no question twice, and the same from the same seed."""

from dataclasses import fields, replace
from datetime import timedelta
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from lms.assessments.attempts import rules, service, timing
from lms.assessments.attempts.errors import TimeOver
from lms.core.actors import SYSTEM
from lms.courses.compiler.course import Question, Quiz
from lms.courses.compiler.quiz_terms import Counting, Draw, Moment, QuestionTags
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


tagged = st.builds(
    QuestionTags,
    level=st.sampled_from("RAJ"),
    sector=st.sampled_from(["", "health", "education"]),
    country=st.just(""),
    module=st.sampled_from([None, 1, 2]),
    objective=st.sampled_from(["", "senales"]),
    tags=st.sets(st.sampled_from(["frontera", "documentos"])).map(tuple),
)
lines = st.builds(
    Draw,
    count=st.integers(1, 4),
    level=st.sampled_from(["", "R", "A"]),
    sector=st.sampled_from(["", "health"]),
    module=st.sampled_from([None, 1]),
    objective=st.sampled_from(["", "senales"]),
    tag=st.sampled_from(["", "frontera"]),
)


@given(tags=st.lists(tagged, max_size=14), draws=st.lists(lines, min_size=1, max_size=4), seed=seeds)
def test_each_line_of_a_draw_takes_its_number_of_what_fits_and_was_left(tags, draws, seed):
    questions = {f"q{number}": question(f"q{number}", each) for number, each in enumerate(tags)}
    quiz = replace(
        quiz_drawing(questions, sum(draw.count for draw in draws)),
        questions=tuple(questions.values()),
        draws=tuple(draws),
    )
    found = rules.extract(list(questions), quiz, seed)
    assert found == rules.extract(list(questions), quiz, seed)
    assert len(set(found)) == len(found) <= sum(draw.count for draw in draws)
    assert all(any(draw.takes(questions[each]) for draw in draws) for each in found)
    first = [each for each in questions.values() if draws[0].takes(each)]
    assert len([each for each in found if draws[0].takes(questions[each])]) >= min(draws[0].count, len(first))
    left = [each for each in questions if each not in found]
    if len(found) < quiz.drawn:  # a line came short: nothing that it could take was left
        short = [draw for draw in draws if sum(draw.takes(questions[each]) for each in found) < draw.count]
        assert not [each for each in left for draw in short if draw.takes(questions[each])]


@given(tags=st.lists(tagged, max_size=10), seed=seeds, order=st.randoms())
def test_a_shuffled_quiz_asks_the_same_in_an_order_that_the_seed_alone_decides(tags, seed, order):
    names = [f"q{number}" for number in range(len(tags))]
    quiz = replace(quiz_drawing([], None), shuffles_questions=True)
    mixed = order.sample(names, len(names))
    assert sorted(rules.extract(names, quiz, seed)) == sorted(names)
    assert rules.extract(names, quiz, seed) == rules.extract(mixed, quiz, seed)


@given(person=st.uuids(), course=st.uuids(), count=st.integers(2, 4))
def test_nobody_gets_the_same_form_before_and_after(person, course, count):
    forms = tuple((f"f{number}",) for number in range(count))
    moments = (Moment.INITIAL, Moment.FINAL, Moment.FOLLOW_UP)
    got = [
        rules.form_of(replace(quiz_drawing([], None), forms=forms, moment=each), person, course)
        for each in moments
    ]
    assert all(0 <= each < count for each in got)
    assert got[0] != got[1] != got[2]
    asked = rules.extract(
        [each for form in forms for each in form], replace(quiz_drawing([], None), forms=forms), 1, got[0]
    )
    assert asked == list(forms[got[0]])


@given(
    sent=st.lists(st.tuples(st.integers(0, 9), st.sampled_from("ab"), st.integers(0, 400)), max_size=8),
    limit=st.integers(1, 300),
)
def test_no_answer_counts_after_the_grace_nor_one_that_was_given_after_the_end(sent, limit):
    start = TODAY
    end = timing.ends_at(start, limit, timing.Allowance(), start + timedelta(days=9))
    assert end == start + timedelta(minutes=limit)
    for _turn, _answer, minute in sent:
        now = start + timedelta(minutes=minute)
        for delay in (timedelta(), timedelta(minutes=1), timedelta(hours=9)):
            given_at = timing.given_at(now, start, timing.Delivery(delay=delay))
            assert start <= given_at <= now
            try:
                late = timing.is_late(end, given_at, now)
            except TimeOver:
                assert now > end
                assert now > end + timing.GRACE or given_at > end
            else:
                assert given_at <= end or now <= end
                assert late is (now > end)
                assert now <= end + timing.GRACE


@given(shares=st.lists(st.fractions(0, 1), min_size=1, max_size=6))
def test_what_counts_is_between_the_worst_and_the_best(shares):
    best, last, mean = (
        timing.counted(shares, each) for each in (Counting.BEST, Counting.LAST, Counting.MEAN)
    )
    assert min(shares) <= last <= best == max(shares)
    assert min(shares) <= mean <= best
    assert mean * len(shares) == sum(shares)


def question(name, tags):
    own = {field.name: getattr(tags, field.name) for field in fields(QuestionTags)}
    return Question(
        id=name, type="single", stem_html="", options=(), explanation_html="", source="", partial=False, **own
    )
