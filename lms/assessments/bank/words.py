"""What the bank calls things, and the table of its file."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from lms.assessments.analysis.wording import LABELS
from lms.assessments.bank.rules import BankRow, Performance, State
from lms.core.i18n import _l
from lms.core.tabular import Cell, Column, Kind, Table
from lms.core.text import Text
from lms.web.sectors import SECTORS

STATES: Final[Mapping[State, tuple[Text, str, str]]] = MappingProxyType(
    {
        # Words, kind of badge and icon.
        State.DRAFT: (_l("Borrador"), "maize", "pencil"),
        State.REVIEW: (_l("En revisión"), "route", "eye"),
        State.RELEASED: (_l("Publicada"), "success", "badge-check"),
        State.RETIRED: (_l("Retirada"), "", "archive"),
    }
)
LEVEL_WORDS: Final[Mapping[str, Text]] = MappingProxyType(
    {"R": _l("Recuerda"), "A": _l("Aplica"), "J": _l("Juzga")}
)
_DIGITS: Final = 3
COLUMNS: Final = (
    Column(_l("Curso")),
    Column(_l("Pregunta")),
    Column(_l("Enunciado")),
    Column(_l("Módulo"), Kind.WHOLE),
    Column(_l("Nivel")),
    Column(_l("Tipo")),
    Column(_l("Sector")),
    Column(_l("País")),
    Column(_l("Objetivo")),
    Column(_l("Etiquetas")),
    Column(_l("Estado")),
    Column(_l("Revisión")),
    Column(_l("Personas"), Kind.WHOLE),
    Column(_l("Facilidad"), Kind.PERCENT),
    Column(_l("Discriminación"), Kind.DECIMAL),
    Column(_l("Qué hacer")),
)


def table_of(rows: Sequence[BankRow], kinds: Mapping[str, Text]) -> Table:
    """Return the list as a table; `kinds` are the names of question types."""
    return Table(columns=COLUMNS, rows=[_cells(row, kinds) for row in rows])


def _cells(row: BankRow, kinds: Mapping[str, Text]) -> list[Cell]:
    said = row.said
    return [
        row.course,
        said.question_id,
        said.stem,
        said.module,
        said.level,
        str(kinds.get(said.kind, said.kind)),
        str(SECTORS[said.sector].label) if said.sector in SECTORS else said.sector,
        said.country,
        said.objective,
        " ".join(said.tags),
        str(STATES[row.state][0]),
        said.revision,
        *_figures(row.performance),
    ]


def _figures(done: Performance) -> list[Cell]:
    if done.advice is None:
        return [None, None, None, ""]
    return [
        done.people,
        None if done.facility is None else round(done.facility, _DIGITS),
        None if done.discrimination is None else round(done.discrimination, _DIGITS),
        str(LABELS[done.advice]),
    ]
