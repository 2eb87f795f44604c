"""What an author sets of questions and quizzes besides their words: tags, draws, forms, times, what is shown when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Moment(StrEnum):
    """When in a course a quiz measures what people know, so that moments can be compared."""

    NONE = ""
    INITIAL = "initial"
    FINAL = "final"
    FOLLOW_UP = "follow-up"


class Counting(StrEnum):
    """Which of several attempts is the result."""

    BEST = "best"
    LAST = "last"
    MEAN = "mean"


class Piece(StrEnum):
    """What a person may see of their own attempt."""

    ANSWER = "answer"
    """What they answered."""
    RESULT = "result"
    """Whether it was right."""
    FEEDBACK = "feedback"
    """What the author says of it."""
    KEY = "key"
    """What was right, and the explanation that goes with it."""
    POINTS = "points"
    """How much it came to."""


class ReviewTime(StrEnum):
    """When a person looks at their own attempt."""

    DURING = "during"
    """Right after answering a question."""
    SUBMITTED = "submitted"
    """Handed in, and another attempt may follow."""
    CLOSED = "closed"
    """Nothing is left to spoil: passed, without attempts, or the course is over."""


Review = Mapping[ReviewTime, frozenset[Piece]]
USUAL_REVIEW: Final[Review] = MappingProxyType(
    {
        ReviewTime.DURING: frozenset[Piece](),
        ReviewTime.SUBMITTED: frozenset(set(Piece) - {Piece.KEY}),
        ReviewTime.CLOSED: frozenset(Piece),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTags:
    """By what a question is found in a bank."""

    level: str
    """R (remembers), A (applies), J (judges), or empty."""
    sector: str
    """Id of a sector, or empty when it is for all."""
    country: str
    """ISO 3166-1 code, or empty when it is for all."""
    module: int | None = None
    """Number of the module it belongs to."""
    objective: str = ""
    """Slug of what it measures."""
    tags: tuple[str, ...] = ()
    is_retired: bool = False
    """Whether it is kept for the attempts that saw it, and asked no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A line of a draw: so many of the questions that have all these tags; an empty condition asks for nothing."""

    count: int
    module: int | None = None
    level: str = ""
    sector: str = ""
    objective: str = ""
    tag: str = ""

    def takes(self, question: QuestionTags) -> bool:
        """Say whether the question has the tags of the line."""
        return (
            self.module in {None, question.module}
            and self.level in {"", question.level}
            and self.sector in {"", question.sector}
            and self.objective in {"", question.objective}
            and (not self.tag or self.tag in question.tags)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizTerms:
    """How a quiz is taken."""

    pool: tuple[str, ...] = ()
    """Ids of the questions that come from banks."""
    drawn: int | None = None
    """How many of the pool each attempt asks; None asks them all."""
    draws: tuple[Draw, ...] = ()
    """With which tags those are drawn, first line first; empty when any will do."""
    forms: tuple[tuple[str, ...], ...] = ()
    """Ids of the questions of each form of the quiz, of which a person gets one; empty when there is only one."""
    moment: Moment = Moment.NONE
    is_survey: bool = False
    """Whether it asks for opinions: answered once, and nothing of it is graded."""
    is_plan: bool = False
    """Whether it is a plan for one's work: texts that one's superior approves, and nobody grades."""
    is_for_superior: bool = False
    """Whether a survey of the follow-up is answered by whoever leads the person, not by the person."""
    limit_minutes: int | None = None
    """Minutes that an attempt may take; None for as long as it takes."""
    wait_hours: int = 0
    """Hours between the end of an attempt and the next one."""
    counting: Counting = Counting.BEST
    shuffles_questions: bool = False
    review: Review = field(default_factory=lambda: dict(USUAL_REVIEW))

    @property
    def drawing(self) -> tuple[int, int] | None:
        """Return how many questions are drawn of how many; None when every question is asked."""
        return None if self.drawn is None else (min(self.drawn, len(self.pool)), len(self.pool))

    @property
    def is_measure(self) -> bool:
        """Say whether it only measures where people stand: there is nothing to pass, and it holds nobody up."""
        return self.moment in {Moment.INITIAL, Moment.FOLLOW_UP}

    @property
    def is_follow_up(self) -> bool:
        """Say whether it is answered months after the course, and so is no part of its route."""
        return self.moment is Moment.FOLLOW_UP

    def lines_of(self, question: QuestionTags) -> list[int]:
        """Return the numbers, from 0, of the lines of the draw that may take the question."""
        draws = self.draws or ((Draw(count=self.drawn),) if self.drawn is not None else ())
        return [number for number, draw in enumerate(draws) if draw.takes(question)]

    @property
    def counts(self) -> list[int]:
        """Return how many questions each line of the draw takes."""
        return [draw.count for draw in self.draws] or ([] if self.drawn is None else [self.drawn])
