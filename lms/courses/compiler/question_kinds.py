"""The kinds of question, as releases name them."""

from typing import Literal

QuestionKind = Literal[
    "single",
    "multiple",
    "true-false",
    "short",
    "numeric",
    "matching",
    "ordering",
    "cloze",
    "essay",
    "file",
    "likert",
]
