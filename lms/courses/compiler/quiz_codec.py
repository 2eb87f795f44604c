"""What authors set of questions and quizzes as JSON: only what differs from the usual, as older releases lack it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from lms.courses.compiler.quiz_terms import (
    USUAL_REVIEW,
    Counting,
    Draw,
    Moment,
    Piece,
    QuestionTags,
    QuizTerms,
    Review,
    ReviewTime,
)

JsonObject = dict[str, Any]


def tags_to_json(question: QuestionTags) -> JsonObject:
    """Return the tags that not every question has."""
    return {
        **({} if question.module is None else {"module": question.module}),
        **({"objective": question.objective} if question.objective else {}),
        **({"tags": list(question.tags)} if question.tags else {}),
        **({"is_retired": True} if question.is_retired else {}),
    }


def tags_from_json(value: Mapping[str, Any]) -> JsonObject:
    """Return the arguments of a question that `tags_to_json` wrote."""
    return {
        "module": value.get("module"),
        "objective": value.get("objective", ""),
        "tags": tuple(value.get("tags", ())),
        "is_retired": value.get("is_retired", False),
    }


def terms_to_json(quiz: QuizTerms) -> JsonObject:
    """Return how a quiz is taken, as far as it is not the usual way."""
    value: JsonObject = {"pool": list(quiz.pool), "drawn": quiz.drawn} if quiz.pool else {}
    if quiz.draws:
        value["draws"] = [_draw_to_json(draw) for draw in quiz.draws]
    if quiz.forms:
        value["forms"] = [list(form) for form in quiz.forms]
    if quiz.review != USUAL_REVIEW:
        value["review"] = {str(time): sorted(quiz.review[time]) for time in ReviewTime}
    usual = QuizTerms()
    for name in (
        "is_survey",
        "is_plan",
        "is_for_superior",
        "moment",
        "limit_minutes",
        "wait_hours",
        "counting",
        "shuffles_questions",
    ):
        own = getattr(quiz, name)
        if own != getattr(usual, name):
            value[name] = own
    return value


def terms_from_json(value: Mapping[str, Any]) -> JsonObject:
    """Return the arguments of a quiz that `terms_to_json` wrote."""
    return {
        "pool": tuple(value.get("pool", ())),
        "drawn": value.get("drawn"),
        "draws": tuple(Draw(**draw) for draw in value.get("draws", ())),
        "forms": tuple(tuple(form) for form in value.get("forms", ())),
        "moment": Moment(value.get("moment", "")),
        "is_survey": value.get("is_survey", False),
        "is_plan": value.get("is_plan", False),
        "is_for_superior": value.get("is_for_superior", False),
        "limit_minutes": value.get("limit_minutes"),
        "wait_hours": value.get("wait_hours", 0),
        "counting": Counting(value.get("counting", Counting.BEST)),
        "shuffles_questions": value.get("shuffles_questions", False),
        "review": _review_from_json(value["review"]) if "review" in value else USUAL_REVIEW,
    }


def _draw_to_json(draw: Draw) -> JsonObject:
    return {name: each for name, each in asdict(draw).items() if each not in {None, ""}}


def _review_from_json(value: Mapping[str, Any]) -> Review:
    return {ReviewTime(time): frozenset(map(Piece, pieces)) for time, pieces in value.items()}
