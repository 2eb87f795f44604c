"""What the figures of a question mean and what to do about it, in plain words, and the table for a file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from types import MappingProxyType

from lms.assessments.analysis.queries import AskedQuestion
from lms.assessments.analysis.rules import Advice, ItemFigures
from lms.core.estimates import Estimate
from lms.core.i18n import _l
from lms.core.tabular import Cell, Column, Kind, Table
from lms.core.text import Text

ADVICE: MappingProxyType[Advice, Text] = MappingProxyType(
    {
        Advice.FEW: _l("Datos insuficientes: hacen falta al menos diez personas."),
        Advice.KEY: _l(
            "Revise la clave: quienes más saben eligen otra opción. Puede estar mal marcada o haber dos correctas."
        ),
        Advice.HARD: _l(
            "Muy difícil: menos de un tercio acierta. Compruebe que la lección lo enseña y que se entiende."
        ),
        Advice.EASY: _l(
            "Casi todas las personas aciertan. Si mide algo esencial, déjela; si no, escriba opciones más verosímiles."
        ),
        Advice.REWRITE: _l(
            "No distingue a quienes saben más de quienes saben menos. Aclare el enunciado o cámbiela por otra."
        ),
        Advice.IDLE: _l("Hay una opción que casi nadie elige. Escriba otra que tiente a quien no estudió."),
        Advice.KEEP: _l("Funciona bien. No la cambie."),
    }
)
LABELS: MappingProxyType[Advice, Text] = MappingProxyType(
    {
        Advice.FEW: _l("Datos insuficientes"),
        Advice.KEY: _l("Revisar la clave"),
        Advice.HARD: _l("Muy difícil"),
        Advice.EASY: _l("Muy fácil"),
        Advice.REWRITE: _l("No distingue"),
        Advice.IDLE: _l("Opción sin uso"),
        Advice.KEEP: _l("Funciona"),
    }
)
COLUMNS = (
    Column(_l("Pregunta")),
    Column(_l("Revisión")),
    Column(_l("Personas"), Kind.WHOLE),
    Column(_l("Facilidad"), Kind.DECIMAL),
    Column(_l("Facilidad, desde"), Kind.DECIMAL),
    Column(_l("Facilidad, hasta"), Kind.DECIMAL),
    Column(_l("Relación con el resto"), Kind.DECIMAL),
    Column(_l("Relación, desde"), Kind.DECIMAL),
    Column(_l("Relación, hasta"), Kind.DECIMAL),
    Column(_l("Discriminación"), Kind.DECIMAL),
    Column(_l("Qué hacer")),
)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """A question with its figures, for the screen and for the file."""

    id: str
    question: AskedQuestion
    figures: ItemFigures

    @property
    def stem(self) -> str:
        """Return the words of the question without marks."""
        return plain(self.question.config["stem_html"])

    @property
    def label(self) -> Text:
        """Return in two words how the question does."""
        return LABELS[self.figures.advice]

    @property
    def sentence(self) -> Text:
        """Return what to do with the question."""
        return ADVICE[self.figures.advice]

    def option_html(self, key: str) -> str:
        """Return the words of an option."""
        found = next(each for each in self.question.config["options"] if each["key"] == key)
        return str(found["html"])


def plain(html: str) -> str:
    """Return the words of a piece of HTML."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def table_of(rows: Sequence[ItemRow]) -> Table:
    """Return the table of the screen; figures of few people are left empty in every format."""
    return Table(columns=COLUMNS, rows=[_cells(row) for row in rows])


def _cells(row: ItemRow) -> list[Cell]:
    figures = row.figures
    is_sure = figures.facility.is_sure
    return [
        row.id,
        row.question.revision,
        figures.n,
        *_figures(figures.facility if is_sure else None),
        *_figures(figures.link if is_sure else None),
        round(figures.discrimination, 3) if is_sure and figures.discrimination is not None else None,
        str(row.sentence),
    ]


def _figures(estimate: Estimate | None) -> tuple[float | None, float | None, float | None]:
    if estimate is None:
        return None, None, None
    return round(estimate.value, 3), round(estimate.low, 3), round(estimate.high, 3)
