"""Question types: pure functions over plain values. Storage, permission and pages belong to assessments."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from lms.core.text import Text

Config = Mapping[str, Any]
"""A question as its release holds it, key included; see ``lms.courses.compiler.codec``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What an answer earned: a fraction in [0, 1]."""

    fraction: float

    @property
    def is_right(self) -> bool:
        """Say whether the answer earned everything."""
        return self.fraction >= 1.0


class QuestionType(ABC):
    """A kind of question."""

    name: ClassVar[str]
    label: ClassVar[Text]
    template: ClassVar[str]
    """Template that draws the question's control inside the form."""

    @abstractmethod
    def clean(self, config: Config, values: Sequence[str]) -> list[str]:
        """Return what was sent, without anything the question does not offer."""

    @abstractmethod
    def grade(self, config: Config, answer: Sequence[str]) -> Grade:
        """Return what the answer earns; an empty answer earns nothing."""

    @abstractmethod
    def public(self, config: Config) -> Mapping[str, Any]:
        """Return what the browser may see before submitting: never the key nor the feedback."""
