"""The words with which an author says of which kind a question is."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from lms.courses.compiler.kinds import arranged, cloze, graded, likert, written
from lms.courses.compiler.kinds.asking import Asking, Planned
from lms.courses.compiler.question_kinds import QuestionKind

KINDS: Final[Mapping[str, QuestionKind]] = MappingProxyType(
    {
        "corta": "short",
        "short": "short",
        "numero": "numeric",
        "número": "numeric",
        "number": "numeric",
        "parejas": "matching",
        "matching": "matching",
        "orden": "ordering",
        "ordering": "ordering",
        "huecos": "cloze",
        "cloze": "cloze",
        "ensayo": "essay",
        "essay": "essay",
        "archivo": "file",
        "file": "file",
        "escala": "likert",
        "scale": "likert",
    }
)
"""By the value of the attribute «tipo»; a question without it has options."""
PLANS: Final[Mapping[QuestionKind, Callable[[Asking], Planned]]] = MappingProxyType(
    {
        "short": written.plan_short,
        "numeric": written.plan_numeric,
        "matching": arranged.plan_matching,
        "ordering": arranged.plan_ordering,
        "cloze": cloze.plan,
        "essay": graded.plan_essay,
        "file": graded.plan_file,
        "likert": likert.plan,
    }
)
"""How the block of each kind is read."""
_WRITTEN: Final = frozenset[QuestionKind]({"short", "cloze"})
ATTRIBUTES: Final[Mapping[str, frozenset[QuestionKind]]] = MappingProxyType(
    {
        "partial": frozenset[QuestionKind](
            {"single", "multiple", "true-false", "matching", "ordering", "cloze"}
        ),
        "demands": _WRITTEN,
        "typos": _WRITTEN,
        "tolerance": frozenset[QuestionKind]({"numeric"}),
        "units": frozenset[QuestionKind]({"numeric"}),
        "formats": frozenset[QuestionKind]({"file"}),
        "limit": frozenset[QuestionKind]({"file"}),
    }
)
"""The kinds that understand an attribute, for those that only some do."""
