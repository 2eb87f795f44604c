"""What the warnings of an analysis look at: the answers of an attempt as they were given. Pure values."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

RATE: Final = 0.01
"""Share of the quizzes in which a warning may appear although everybody worked alone; for each rule of chance."""
ENOUGH_REPLIES: Final = 10
"""People who must have answered a question before its wrong options say how tempting each of them is."""


class Rule(StrEnum):
    """What is looked for, in the order of the page."""

    HURRY = "hurry"
    COINCIDENCE = "coincidence"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Matter:
    """What a pattern is about: by this it is known again."""

    rule: Rule
    enrolment_ids: tuple[UUID, ...]
    """One person, or two in the order of their ids."""

    @property
    def key(self) -> str:
        """Return a name for it within its quiz."""
        return ":".join((self.rule, *(str(each) for each in self.enrolment_ids)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer that says something."""

    question: str
    chosen: tuple[str, ...]
    is_right: bool
    """Whether it earned the whole point."""
    at: datetime
    """When it was given for the last time; earlier times are not kept."""
    shown: tuple[str, ...] = ()
    """Keys of the options in the order in which this person saw them; empty for what is not answered by choosing."""
    right: tuple[str, ...] = ()
    """Keys of the right options."""
    is_single: bool = False
    """Whether exactly one option may be chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """The first attempt of one person at a quiz, handed in."""

    enrolment_id: UUID
    started_at: datetime
    submitted_at: datetime
    replies: tuple[Reply, ...]
    """In the order in which the questions were asked."""


class Temptations:
    """How those who missed a question spread over its wrong answers."""

    def __init__(self, sittings: Sequence[Sitting]) -> None:
        self._asked: Counter[str] = Counter()
        self._wrong: dict[str, Counter[tuple[str, ...]]] = {}
        for reply in (reply for sitting in sittings for reply in sitting.replies if reply.shown):
            self._asked[reply.question] += 1
            if not reply.is_right:
                self._wrong.setdefault(reply.question, Counter())[reply.chosen] += 1

    def is_known(self, question: str) -> bool:
        """Say whether enough people answered a question."""
        return self._asked[question] >= ENOUGH_REPLIES

    def most(self, question: str, key: str) -> float:
        """Return a generous share of the wrong answers that are one option: as if one person more had taken it."""
        wrong = self._wrong.get(question, Counter())
        return (wrong[key,] + 1) / (wrong.total() + 1)

    def spread(self, question: str) -> Mapping[tuple[str, ...], float]:
        """Return each wrong answer to a question with its share of all the wrong ones."""
        wrong = self._wrong.get(question, Counter())
        total = wrong.total()
        return {answer: count / total for answer, count in wrong.items()}
