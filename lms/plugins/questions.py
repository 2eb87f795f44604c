"""Question types: pure functions over plain values. Storage, permission and pages belong to assessments."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from lms.core.text import Text

Config = Mapping[str, Any]
"""A question as its release holds it, key included; see ``lms.courses.compiler.codec``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What an answer earned: an exact fraction in [0, 1], because a sum of floats could miss a pass mark."""

    fraction: Fraction

    def __post_init__(self) -> None:
        """Refuse what no question can earn; raises ValueError."""
        if not 0 <= self.fraction <= 1:
            message = f"a question earns between 0 and 1, not {self.fraction}"
            raise ValueError(message)

    @property
    def is_right(self) -> bool:
        """Say whether the answer earned everything."""
        return self.fraction == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRule:
    """Which files answer a question."""

    formats: tuple[str, ...]
    """Names of ``lms.core.file_formats.FORMATS``."""
    megabytes: int
    """How large one may be, in millions of bytes; the installation may allow less."""


class QuestionType(ABC):
    """A kind of question."""

    name: ClassVar[str]
    label: ClassVar[Text]
    template: ClassVar[str]
    """Template that draws the question's control inside the form.

    It gets ``question`` (what ``public`` or ``review`` returned), ``chosen`` (the saved values) and ``field`` (the
    name under which the browser sends them). A control named ``field.KEY`` sends ``KEY:value`` as one of the values,
    nothing when it is empty. Of a kind that a file answers, ``question`` has ``file`` besides (see ``file_rule``),
    and the file goes in a control named ``file``.
    """
    keeps_order: ClassVar[bool] = False
    """Whether the options stand in an order that shuffling must keep, such as true before false."""
    needs_grader: ClassVar[bool] = False
    """Whether a person says what an answer earns; then ``grade`` is not asked, unless nothing was answered."""
    is_scored: ClassVar[bool] = True
    """Whether it counts in what an attempt can earn; an opinion does not."""

    @abstractmethod
    def clean(self, config: Config, values: Sequence[str]) -> list[str]:
        """Return what was sent, without anything the question does not offer."""

    @abstractmethod
    def grade(self, config: Config, answer: Sequence[str]) -> Grade:
        """Return what the answer earns; an empty answer earns nothing."""

    @abstractmethod
    def public(self, config: Config) -> Mapping[str, Any]:
        """Return what the browser may see before submitting: never the key nor the feedback."""

    def file_rule(self, config: Config) -> FileRule | None:  # noqa: ARG002 - by default no file answers a question
        """Return which files answer the question; None for a question that none does.

        The file is checked, kept and served by the product, never by the type. The answer that ``clean`` gets is
        then one value: the id of the file. The template gets ``question.file``: what is kept, with ``name``,
        ``size`` in bytes, ``saved_at`` and ``url``, or None; and ``question.most``, the bytes that one may have.
        """
        return None

    def feedback(
        self,
        config: Config,  # noqa: ARG002 - by default a question says nothing to an answer
        answer: Sequence[str],  # noqa: ARG002 - see above
    ) -> Sequence[str]:
        """Return the HTML of what the author says to this answer, in order: nothing that tells what else is right."""
        return ()

    def review(
        self,
        config: Config,
        answer: Sequence[str],  # noqa: ARG002 - by default the answer opens nothing
        *,
        with_key: bool,  # noqa: ARG002 - by default not even the key
    ) -> Mapping[str, Any]:
        """Return what the browser may see after submitting, for the same template.

        Without the key: the feedback on what was chosen and nothing that tells what else is right, because the
        person may try again. The default shows no more than before.
        """
        return self.public(config)
