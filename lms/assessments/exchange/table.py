"""CSV: a row for each question of any kind, with the columns that the documentation names.

Texts are Markdown. A cell that a spreadsheet would take for a formula is written after an apostrophe.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from lms.assessments.exchange.amounts import digits, number
from lms.assessments.exchange.asked import (
    HITS,
    LABELS,
    PARTS,
    Answer,
    Asked,
    Loss,
    Losses,
    Pair,
    Reading,
    Unreadable,
    Writing,
)
from lms.assessments.exchange.finishing import finished
from lms.assessments.exchange.labels import labels_from
from lms.assessments.exchange.leaving import note_common, taken
from lms.assessments.exchange.plain import cleaned, one_line
from lms.assessments.exchange.received import read_text
from lms.core.folding import fold
from lms.core.i18n import _l
from lms.courses.compiler.question_kinds import QuestionKind

KINDS: Final[Mapping[str, QuestionKind]] = MappingProxyType(
    {
        "unica": "single",
        "multiple": "multiple", "verdadero-falso": "true-false",
        "corta": "short",
        "numero": "numeric",
        "parejas": "matching", "orden": "ordering", "huecos": "cloze", "ensayo": "essay",
    }
)  # fmt: skip
"""The values of the column «tipo»; without one, the right options tell."""
_WORDS: Final = {kind: word for word, kind in KINDS.items()}
TEXTS: Final = ("id", "tipo", "enunciado", "correctas", "texto", "explicacion", "rubrica")
SETTINGS: Final = ("parcial", "tolerancia", "unidades", "exige", "erratas")
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FORMULA: Final = ("=", "+", "-", "@", "\t")
_MOST_CELL: Final = 100_000
_ARROWS: Final = ("=>", "→")

_Row = Mapping[str, str]


def read_csv(content: bytes) -> Reading:
    """Return the questions of a table with a row of headings; commas, semicolons or tabs between cells."""
    losses = Losses()
    text = read_text(content, losses).replace("\0", "")
    rows = _rows(text, losses)
    names = [fold(cell).replace(" ", "_") for cell in rows[0][1]] if rows else []
    if "enunciado" not in names:
        losses.note("", _l("La primera fila no tiene la columna «enunciado»: no se puede leer la tabla."), 1)
        return Reading(losses=tuple(losses.found))
    unknown = [name for name in names if name and not _is_known(name)]
    if unknown:
        losses.note(", ".join(unknown), _l("Columnas que no se conocen: se pasaron por alto."), 1)
    early = losses.found
    asks = (
        partial(_question, line, dict(zip(names, map(_unguarded, cells), strict=False)), losses)
        for line, cells in rows[1:]
        if any(map(str.strip, cells))
    )
    reading = finished(asks, losses)
    return Reading(items=reading.items, losses=(*early, *reading.losses))


def write_csv(questions: Iterable[Asked]) -> Writing:
    """Return a table with a byte order mark and semicolons, as spreadsheets in Spanish open it."""
    losses = Losses()
    lost: list[Loss] = []
    rows = list(taken(questions, _row, losses, lost))
    most = max((sum(name.startswith("opcion_") for name in row) for row in rows), default=0)
    letters = [letter.lower() for letter in _LETTERS[:most]]
    names = [
        *TEXTS,
        *(f"{kind}_{letter}" for letter in letters for kind in ("opcion", "retro")),
        *SETTINGS,
        *LABELS,
    ]
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_guarded(row.get(name, "")) for name in names] for row in rows)
    return Writing(
        content=sheet.getvalue().encode("utf-8-sig"),
        ending="csv",
        media_type="text/csv; charset=utf-8",
        losses=tuple(lost),
    )


def _rows(text: str, losses: Losses) -> list[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    mark = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows: list[tuple[int, list[str]]] = []
    while True:
        line = reader.line_num + 1
        try:
            rows.append((line, next(reader)))
        except StopIteration:
            return rows
        except csv.Error:
            losses.note(
                "",
                _l("Esta fila no se puede leer: una celda es demasiado larga o sus comillas no cierran."),
                line,
            )


def _is_known(name: str) -> bool:
    kind, mark, letter = name.partition("_")
    return name in {*TEXTS, *SETTINGS, *LABELS} or (
        kind in {"opcion", "retro"} and bool(mark) and len(letter) == 1
    )


def _question(line: int, row: _Row, losses: Losses) -> Asked:
    losses.line = line
    options = _options(row)
    right = {letter for letter in row.get("correctas", "").upper() if letter in _LETTERS}
    word = fold(row.get("tipo", "")).replace(" ", "-")
    kind = KINDS.get(word) or _guess(word, options, right)
    if len(row.get("enunciado", "")) > _MOST_CELL:
        raise Unreadable(_l("El enunciado es demasiado largo."))
    ask = partial(
        Asked, kind=kind, id=row.get("id", "").strip(), line=line, stem=cleaned(row.get("enunciado", "")),
        explanation=cleaned(row.get("explicacion", "")), partial=_partial(row, losses), labels=_labels(row),
    )  # fmt: skip
    texts = [text for text, _feedback in options.values()]
    if kind == "matching":
        return ask(pairs=tuple(_pair(text, feedback) for text, feedback in options.values()))
    if kind == "ordering":
        return ask(steps=tuple(texts))
    if kind == "cloze":
        return ask(body=cleaned(row.get("texto", "")), **_typed(row))
    if kind == "essay":
        return ask(rubric=cleaned(row.get("rubrica", "")))
    answers = tuple(
        Answer(text=text, is_right=letter in right, feedback=feedback)
        for letter, (text, feedback) in options.items()
    )
    if kind == "numeric":
        return ask(
            answers=_numbers(answers),
            tolerance=row.get("tolerancia", "").strip(),
            units=one_line(row.get("unidades", "")),
        )
    return ask(answers=answers, **(_typed(row) if kind == "short" else {}))


def _options(row: _Row) -> dict[str, tuple[str, str]]:
    found = {}
    for letter in _LETTERS:
        text = one_line(cleaned(row.get(f"opcion_{letter.lower()}", "")))
        if text:
            found[letter] = (text, cleaned(row.get(f"retro_{letter.lower()}", "")).strip())
    return found


def _guess(word: str, options: Mapping[str, tuple[str, str]], right: set[str]) -> QuestionKind:
    if word:
        raise Unreadable(
            _l("El tipo «%(word)s» no existe: use %(words)s.", word=word[:30], words=", ".join(KINDS))
        )
    if not options:
        return "essay"
    words = [fold(text).rstrip(".") for text, _feedback in options.values()]
    return "multiple" if len(right) > 1 else "true-false" if words == ["verdadero", "falso"] else "single"


def _pair(text: str, feedback: str) -> Pair:
    for arrow in _ARROWS:
        left, mark, right = text.partition(arrow)
        if mark:
            return Pair(left=left.strip(), right=right.strip(), feedback=feedback)
    raise Unreadable(_l("Una de sus parejas no tiene «=>»."))


def _numbers(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    found = [(answer, number(answer.text)) for answer in answers]
    for answer, value in found:
        if value is None:
            raise Unreadable(_l("«%(text)s» no es un número.", text=answer.text[:40]))
    return tuple(
        Answer(text=digits(value), is_right=answer.is_right, feedback=answer.feedback)
        for answer, value in found
        if value is not None
    )


def _partial(row: _Row, losses: Losses) -> str:
    word = fold(row.get("parcial", ""))
    if word not in {"", "no", PARTS, HITS}:
        losses.note(word, _l("La columna «parcial» es partes, acierto o nada: se pasó por alto."))
    return word if word in {PARTS, HITS} else ""


def _typed(row: _Row) -> dict[str, Any]:
    slips = row.get("erratas", "").strip()
    return {"demands": one_line(row.get("exige", "")), "typos": int(slips) if slips in {"1", "2", "3"} else 0}


def _labels(row: _Row) -> dict[str, str]:
    tags = [f"{name}:{row[name].strip()}" for name in LABELS[:-1] if row.get(name, "").strip()]
    return labels_from([*tags, *row.get("etiquetas", "").replace(",", " ").split()])


def _row(asked: Asked, losses: Losses) -> dict[str, str] | None:
    note_common(asked, losses)
    cells = [
        *asked.steps,
        *(f"{pair.left} => {pair.right}".strip() for pair in asked.pairs),
        *(each.text for each in asked.answers),
    ]
    notes = [*(each.feedback for each in asked.pairs), *(each.feedback for each in asked.answers)] or [
        ""
    ] * len(cells)
    right = [letter for letter, answer in zip(_LETTERS, asked.answers, strict=False) if answer.is_right]
    row = {
        "id": asked.id, "tipo": _WORDS[asked.kind], "enunciado": asked.stem, "correctas": " ".join(right),
        "texto": asked.body, "explicacion": asked.explanation, "rubrica": asked.rubric,
        "parcial": asked.partial, "tolerancia": asked.tolerance, "unidades": asked.units, "exige": asked.demands,
        "erratas": str(asked.typos or ""), **asked.labels,
    }  # fmt: skip
    for letter, cell, note in zip(_LETTERS.lower(), cells, notes, strict=False):
        row |= {f"opcion_{letter}": cell, f"retro_{letter}": note}
    return row


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:2] in {*_FORMULA, "'"} else cell
