"""A question as a page shows it: before submitting without its key, afterwards with what the person may know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.attempts.queries import QuizUnit
from lms.assessments.attempts.rules import in_order
from lms.courses.rules import BLOCKS
from lms.plugins.questions import Config, QuestionType

Types = Mapping[str, QuestionType]


class AnswerState(StrEnum):
    """What an answer was worth, in words."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestion:
    """A question for a template: ``view`` is what its type lets the browser see."""

    number: int
    view: Mapping[str, Any]
    template: str
    chosen: Sequence[str]
    saved_at: datetime | None
    state: AnswerState = AnswerState.EMPTY

    @property
    def has_blocks(self) -> bool:
        """Say whether the stem is more than one paragraph, and so does not fit in a legend."""
        return any(tag in self.view["stem_html"] for tag in BLOCKS)

    @property
    def is_answered(self) -> bool:
        """Say whether anything is chosen."""
        return bool(self.chosen)

    @property
    def result(self) -> str:
        """Return "right" or "wrong", as stations are drawn."""
        return "right" if self.state is AnswerState.RIGHT else "wrong"


def ask(attempt: Attempt, quiz: QuizUnit, answers: Mapping[str, Answer], types: Types) -> list[ShownQuestion]:
    """Return the questions of an attempt before it is submitted, each with what was answered so far."""
    return [
        _shown(number, types[config["type"]], types[config["type"]].public(config), answers.get(config["id"]))
        for number, config in enumerate(_asked(attempt, quiz, types), start=1)
    ]


def review(
    attempt: Attempt,
    quiz: QuizUnit,
    answers: Mapping[str, Answer],
    types: Types,
    *,
    with_key: bool,
) -> list[ShownQuestion]:
    """Return the questions of a submitted attempt with feedback; ``with_key`` also shows what was right."""
    return [
        _reviewed(number, types[config["type"]], config, answers.get(config["id"]), with_key=with_key)
        for number, config in enumerate(_asked(attempt, quiz, types), start=1)
    ]


def _asked(attempt: Attempt, quiz: QuizUnit, types: Types) -> list[Config]:
    """Return the questions of the attempt with their options in the order that its seed decides."""
    found = (quiz.questions[each] for each in attempt.question_ids)
    if not quiz.quiz.shuffle:
        return list(found)
    return [
        config if types[config["type"]].keeps_order else in_order(config, attempt.seed) for config in found
    ]


def _shown(
    number: int,
    kind: QuestionType,
    view: Mapping[str, Any],
    answer: Answer | None,
    state: AnswerState = AnswerState.EMPTY,
) -> ShownQuestion:
    return ShownQuestion(
        number=number,
        view=view,
        template=kind.template,
        chosen=answer.chosen if answer else [],
        saved_at=answer.saved_at if answer else None,
        state=state,
    )


def _reviewed(
    number: int, kind: QuestionType, config: Config, answer: Answer | None, *, with_key: bool
) -> ShownQuestion:
    view = kind.review(config, answer.chosen if answer else [], with_key=with_key)
    return _shown(number, kind, view, answer, _state(answer))


def _state(answer: Answer | None) -> AnswerState:
    if answer is None or not answer.chosen:
        return AnswerState.EMPTY
    earned = answer.earned or Fraction(0)
    if earned == 1:
        return AnswerState.RIGHT
    return AnswerState.PARTLY if earned else AnswerState.WRONG
