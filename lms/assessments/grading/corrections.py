"""What an answer earns once the key of its question is corrected. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from lms.assessments.grading.errors import ChangeUnknown, KeysDiffer
from lms.plugins.questions import Config, QuestionType

ONE_RIGHT: Final = frozenset({"single", "true-false"})
"""Kinds of which one option is right: there the accepted one counts beside the key, not together with it."""


class Change(StrEnum):
    """How a question is corrected."""

    ACCEPT = "accept"
    """One more option is right."""
    ANNUL = "annul"
    """Everybody who was asked earns the point."""
    KEY = "key"
    """The key of the same question in another release holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A change of one question, with what it needs to be computed."""

    kind: QuestionType
    config: Config
    change: Change
    option: str = ""
    other: Config | None = None
    """The question as the other release holds it."""

    def check(self) -> None:
        """Refuse what cannot be computed; raises ChangeUnknown and KeysDiffer."""
        if self.kind.needs_grader and self.change is not Change.ANNUL:
            raise ChangeUnknown
        keys = {each["key"] for each in self.config["options"]}
        if self.change is Change.ACCEPT and self.option not in keys:
            raise ChangeUnknown
        if self.change is Change.KEY and (self.other is None or not _are_alike(self.config, self.other)):
            raise KeysDiffer

    def earned(self, chosen: Sequence[str]) -> Fraction:
        """Return what an answer earns; with one more right option never less than before."""
        if self.change is Change.ANNUL:
            return Fraction(1)
        if self.change is Change.KEY and self.other is not None:
            return self.kind.grade(self.other, _renamed(self.config, self.other, chosen)).fraction
        wider = {**self.config, "options": [self._accepted(each) for each in self.config["options"]]}
        return max(self.kind.grade(each, chosen).fraction for each in (self.config, wider))

    def _accepted(self, option: Mapping[str, Any]) -> Mapping[str, Any]:
        is_it = option["key"] == self.option
        has_one = self.config["type"] in ONE_RIGHT
        return {**option, "is_right": is_it or (option["is_right"] and not has_one)}


def _are_alike(one: Config, other: Config) -> bool:
    texts = [sorted(each["html"] for each in config["options"]) for config in (one, other)]
    return one["type"] == other["type"] and texts[0] == texts[1]


def _renamed(one: Config, other: Config, chosen: Sequence[str]) -> list[str]:
    """Return the same choices with the letters that the other release gives them."""
    letters = {each["html"]: each["key"] for each in other["options"]}
    names = {each["key"]: letters[each["html"]] for each in one["options"]}
    return [names.get(each, each) for each in chosen]
