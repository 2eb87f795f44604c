"""Decisions about the survey: when it is asked, reminded and closed, what it asks, and what may be shown. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean
from typing import Final
from uuid import UUID

from lms.core.estimates import Estimate, proportion
from lms.core.i18n import _l
from lms.core.small_cells import SMALLEST
from lms.core.text import Text

USUAL_DAY: Final = 60
EARLIEST_DAY, LATEST_DAY = 30, 180
REMIND_AFTER: Final = timedelta(days=15)
OPEN_FOR: Final = timedelta(days=30)
LEAST_APART: Final = timedelta(days=7)
"""Between a letter and its reminder, for whoever was asked late."""
LONGEST_TEXT: Final = 2000
AGREES: Final = 4
"""Least point of the scale of five that counts as agreeing."""

SELF_ITEMS: Final[Mapping[str, Text]] = {
    "used": _l("He usado en mi trabajo lo que aprendí en el curso."),
    "signs": _l("Reconozco mejor las señales de trata en mi trabajo diario."),
    "route": _l("Sé a quién avisar y cómo canalizar desde mi institución."),
    "conditions": _l("En mi institución tengo tiempo, lugar y apoyo para aplicarlo."),
    "shared": _l("He compartido con mi equipo algo de lo que aprendí."),
}
SUPERIOR_ITEMS: Final[Mapping[str, Text]] = {
    "applies": _l("Esta persona aplica en su trabajo lo que aprendió en el curso."),
    "area": _l("Nuestra área atiende mejor que antes lo que podría ser trata."),
    "able": _l("Nuestra área tiene tiempo, lugar y apoyo para aplicarlo."),
    "recommends": _l("Recomendaría el curso a otras personas del equipo."),
}
OPEN: Final = "open"
"""Id of the person's open question."""
OPEN_QUESTION: Final = _l("¿Qué le ha ayudado a aplicarlo, o qué se lo ha impedido?")
SCALE: Final[tuple[tuple[str, Text], ...]] = (
    ("1", _l("Nada de acuerdo")),
    ("2", _l("Poco de acuerdo")),
    ("3", _l("Ni de acuerdo ni en desacuerdo")),
    ("4", _l("De acuerdo")),
    ("5", _l("Muy de acuerdo")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody answered."""

    values: Mapping[str, int]
    """Point of the scale by the statement's id."""
    text: str = ""
    superior_name: str = ""
    superior_email: str = ""
    """Whom the person lets us ask; empty for nobody."""
    unit_id: UUID | None = None
    """The course's own survey, when it was answered instead of the usual one."""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What was answered there, by question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFigures:
    """What a group answered to one statement."""

    text: Text
    mean: float
    """From 1 to 5."""
    agree: Estimate
    """Share of those who agree or agree very much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How many were asked and how many answered."""

    asked: int
    answered: int

    @property
    def rate(self) -> float | None:
        """Return the share who answered; None when nobody was asked."""
        return self.answered / self.asked if self.asked else None

    @property
    def is_shown(self) -> bool:
        """Say whether enough people answered for a figure to tell of nobody."""
        return self.answered >= SMALLEST


def closing_day(completed_on: date, day: int) -> date:
    """Return the last day on which the survey of a completion may be answered."""
    return completed_on + timedelta(days=day) + OPEN_FOR


def is_reminder_due(asked_on: date, closes_on: date, today: date) -> bool:
    """Say whether to remind whoever was asked on a day: half-way to the closing, and not right after the letter."""
    half = closes_on - OPEN_FOR + REMIND_AFTER
    return max(half, asked_on + LEAST_APART) <= today <= closes_on


def figures_of(items: Mapping[str, Text], values: Mapping[str, Sequence[int]]) -> list[ItemFigures]:
    """Return what a group answered to each statement that five people or more answered."""
    return [
        _figures(text, values[name]) for name, text in items.items() if len(values.get(name, ())) >= SMALLEST
    ]


def texts_to_show(texts: Sequence[str]) -> list[str]:
    """Return open answers in the order of the alphabet, so that none can be told by its place; none under five."""
    return sorted(texts, key=str.casefold) if len(texts) >= SMALLEST else []


def _figures(text: Text, values: Sequence[int]) -> ItemFigures:
    counts = Counter(value >= AGREES for value in values)
    return ItemFigures(
        text=text, mean=fmean(values), agree=proportion(counts[True] / len(values), len(values))
    )
