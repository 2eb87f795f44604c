"""How another system scores a question of QTI and which feedback it shows: rules in the names of QTI 2, no XML yet.

Templates exist for the simplest rules only, and with one of them no feedback is ever shown (IMS QTI 2.1, Assessment
Test, Section and Item Information Model, 8); so the rules are written out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lms.assessments.exchange.asked import Asked

EXPLANATION: Final = "explicacion"
"""Name of the feedback that everybody gets."""
_CHOSEN: Final = frozenset({"single", "multiple", "true-false"})


@dataclass(frozen=True, slots=True)
class Rule:
    """An element, without its namespace."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    inside: "tuple[Rule, ...]" = ()
    text: str = ""


def rules_of(asked: Asked, mapped: Sequence[str]) -> list[Rule]:
    """Return the rules of a question; `mapped` names its responses that have a mapping, which sums to 1."""
    return [*_score(asked, mapped), *_feedback(asked)]


def has_feedback(asked: Asked) -> bool:
    """Say whether the question has something to say afterwards that QTI can show."""
    return bool(asked.explanation) or (
        asked.kind in _CHOSEN and any(answer.feedback for answer in asked.answers)
    )


def _score(asked: Asked, mapped: Sequence[str]) -> list[Rule]:
    if asked.kind == "essay":
        return []
    maps = tuple(_element("mapResponse", identifier=name) for name in mapped)
    if asked.kind == "cloze" and not asked.partial:
        all_right = Rule("gte", inside=(Rule("sum", inside=maps), _number(len(maps))))
        return [_whole(all_right)]
    if maps:
        return [_outcome("SCORE", Rule("sum", inside=maps) if len(maps) > 1 else maps[0])]
    same = (_element("variable", identifier="RESPONSE"), _element("correct", identifier="RESPONSE"))
    return [_whole(Rule("match", inside=same))]


def _whole(condition: Rule) -> Rule:
    right = Rule("responseIf", inside=(condition, _outcome("SCORE", _number(1))))
    return Rule(
        "responseCondition", inside=(right, Rule("responseElse", inside=(_outcome("SCORE", _number(0)),)))
    )


def _feedback(asked: Asked) -> list[Rule]:
    if not has_feedback(asked):
        return []
    said = [_element("variable", identifier="RESPONSE")] if asked.kind in _CHOSEN else []
    if asked.explanation:
        said.append(Rule("baseValue", (("baseType", "identifier"),), text=EXPLANATION))
    return [_outcome("FEEDBACK", Rule("multiple", inside=tuple(said)))]


def _outcome(name: str, value: Rule) -> Rule:
    return Rule("setOutcomeValue", (("identifier", name),), (value,))


def _number(value: int) -> Rule:
    return Rule("baseValue", (("baseType", "float"),), text=str(value))


def _element(name: str, *, identifier: str) -> Rule:
    return Rule(name, (("identifier", identifier),))
