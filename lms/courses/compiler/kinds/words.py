"""The words with which an author says of which kind a question is."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from lms.courses.compiler.course import QuestionKind
from lms.courses.compiler.kinds import graded, likert
from lms.courses.compiler.kinds.asking import Asking, Planned

KINDS: Final[Mapping[str, QuestionKind]] = MappingProxyType(
    {"escala": "likert", "scale": "likert", "ensayo": "essay", "essay": "essay"}
)
"""By the value of the attribute «tipo»; a question without it has options."""
PLANS: Final[Mapping[QuestionKind, Callable[[Asking], Planned]]] = MappingProxyType(
    {"likert": likert.plan, "essay": graded.plan_essay}
)
"""How the block of each kind is read."""
ATTRIBUTES: Final[Mapping[str, frozenset[QuestionKind]]] = MappingProxyType(
    {"partial": frozenset[QuestionKind]({"single", "multiple", "true-false"})}
)
"""The kinds that understand an attribute, for those that only some do."""
