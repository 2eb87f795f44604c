"""A question as a page shows it: before submitting without its key, afterwards with what the person may know."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID

from lms.assessments.attempts.models import Answer, AnswerGrade, Attempt
from lms.assessments.attempts.queries import QuizUnit
from lms.assessments.attempts.rules import in_order
from lms.courses.compiler.quiz_terms import Piece
from lms.courses.rules import BLOCKS
from lms.plugins.questions import Config, QuestionType

Types = Mapping[str, QuestionType]


class AnswerState(StrEnum):
    """What an answer was worth, in words."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    EMPTY = "empty"
    WAITING = "waiting"
    """A person has yet to grade it."""
    GIVEN = "given"
    """It earns nothing, whatever was answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestion:
    """A question for a template: ``view`` is what its type lets the browser see."""

    number: int
    view: Mapping[str, Any]
    template: str
    chosen: Sequence[str]
    saved_at: datetime | None
    needs_grader: bool = False
    """Whether a person grades what is answered."""
    state: AnswerState = AnswerState.EMPTY
    said: Sequence[str] = ()
    """HTML of what the author says to the answer."""
    levels: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""
    """What a person said of the answer."""

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
        """Return "right", "wrong", or "open" for what nobody judged."""
        if self.state in {AnswerState.WAITING, AnswerState.GIVEN}:
            return "open"
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
    grades: Mapping[UUID, AnswerGrade],
    pieces: Collection[Piece],
) -> list[ShownQuestion]:
    """Return the questions of a submitted attempt with the pieces that may be seen of it; none without the answers."""
    if Piece.ANSWER not in pieces:
        return []
    shown = []
    for number, config in enumerate(_asked(attempt, quiz, types), start=1):
        answer = answers.get(config["id"])
        each = _reviewed(number, types[config["type"]], config, answer, pieces)
        grade = grades.get(answer.id) if answer and Piece.RESULT in pieces else None
        shown.append(replace(each, levels=grade.levels, comment=grade.comment) if grade else each)
    return shown


def judge(
    attempt: Attempt, quiz: QuizUnit, answer: Answer, types: Types, pieces: Collection[Piece]
) -> ShownQuestion:
    """Return one question of an open attempt with what may be seen of it right after it was answered."""
    configs = {config["id"]: config for config in _asked(attempt, quiz, types)}
    config = configs[answer.question_id]
    kind = types[config["type"]]
    shown = _reviewed(attempt.question_ids.index(answer.question_id) + 1, kind, config, answer, pieces)
    if shown.state is not AnswerState.WAITING or kind.needs_grader:
        return shown
    return replace(shown, state=_state_of(kind.grade(config, answer.chosen).fraction))


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
        needs_grader=kind.needs_grader,
        state=state,
    )


def _reviewed(
    number: int, kind: QuestionType, config: Config, answer: Answer | None, pieces: Collection[Piece]
) -> ShownQuestion:
    chosen = answer.chosen if answer else []
    if Piece.RESULT not in pieces:
        view = {**kind.public(config), "is_closed": True}
        return _shown(number, kind, view, answer, AnswerState.GIVEN)
    view = {**kind.review(config, chosen, with_key=Piece.KEY in pieces)}
    shown = _shown(number, kind, view, answer, _state(kind, answer))
    if Piece.FEEDBACK in pieces:
        return replace(shown, said=tuple(kind.feedback(config, chosen)))
    options = [{**option, "feedback_html": ""} for option in view.get("options", ())]
    bare = {**view, "explanation_html": "", **({"options": options} if options else {})}
    return replace(shown, view=bare)


def _state(kind: QuestionType, answer: Answer | None) -> AnswerState:
    if not kind.is_scored:
        return AnswerState.GIVEN
    if answer is None or not answer.chosen:
        return AnswerState.EMPTY
    return AnswerState.WAITING if answer.earned is None else _state_of(answer.earned)


def _state_of(earned: Fraction) -> AnswerState:
    if earned == 1:
        return AnswerState.RIGHT
    return AnswerState.PARTLY if earned else AnswerState.WRONG
