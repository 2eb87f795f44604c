"""What a release stores is what the compiler made."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.courses.compiler.codec import (
    lesson_from_json,
    lesson_to_json,
    parts_from_json,
    parts_to_json,
    quiz_from_json,
    quiz_to_json,
)
from lms.courses.compiler.course import (
    Branch,
    GlossaryEntry,
    Heading,
    HtmlPart,
    Lesson,
    Option,
    Question,
    QuestionPart,
    Quiz,
    SectorPart,
    SourceEntry,
)

texts = st.text(max_size=20)
whole = st.integers(min_value=0, max_value=10_000)


def tuples(items):
    return st.lists(items, max_size=3).map(tuple)


options = st.builds(Option, key=texts, html=texts, is_right=st.booleans(), feedback_html=texts)
questions = st.builds(
    Question,
    id=texts,
    type=st.sampled_from(["single", "multiple", "true-false"]),
    stem_html=texts,
    options=tuples(options),
    explanation_html=texts,
    source=texts,
    level=texts,
    sector=texts,
    country=texts,
    partial=st.booleans(),
)
flat_parts = st.builds(HtmlPart, html=texts) | st.builds(QuestionPart, question=questions)
branches = st.builds(Branch, sectors=tuples(texts), title=texts, parts=tuples(flat_parts))
parts = tuples(flat_parts | st.builds(SectorPart, branches=tuples(branches)))
terms = st.builds(GlossaryEntry, slug=texts, term=texts, html=texts, aliases=tuples(texts))
sources = st.builds(
    SourceEntry, key=texts, title=texts, url=texts, checked_on=st.dates(min_value=date.min), note=texts
)
lessons = st.builds(
    Lesson,
    slug=texts,
    title=texts,
    minutes=whole,
    objective=texts,
    reviewed_on=st.dates(),
    intensity=texts,
    jurisdiction=texts,
    parts=parts,
    headings=tuples(st.builds(Heading, id=texts, text=texts)),
    terms=tuples(terms),
    sources=tuples(sources),
    icons=tuples(texts),
    words=whole,
)
quizzes = st.builds(
    Quiz,
    slug=texts,
    title=texts,
    minutes=whole,
    attempts=whole,
    pass_mark=st.floats(min_value=0, max_value=1),
    shuffle=st.booleans(),
    intro_html=texts,
    questions=tuples(questions),
)


def through_text(value):
    return json.loads(json.dumps(value))


@given(parts)
def test_parts_come_back_as_they_were(value):
    assert parts_from_json(through_text(parts_to_json(value))) == value


@given(lessons)
def test_a_lesson_comes_back_as_it_was(value):
    assert lesson_from_json(through_text(lesson_to_json(value))) == value


@given(quizzes)
def test_a_quiz_comes_back_as_it_was(value):
    assert quiz_from_json(through_text(quiz_to_json(value))) == value


@given(lessons)
def test_writing_twice_gives_the_same_text(value):
    again = lesson_from_json(through_text(lesson_to_json(value)))

    assert json.dumps(lesson_to_json(again)) == json.dumps(lesson_to_json(value))


def test_a_part_of_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="not a part of a lesson"):
        parts_from_json([{"kind": "video"}])
