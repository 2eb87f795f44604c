"""Questions that a person grades, with a rubric when the author writes one."""

import re
from collections.abc import Sequence
from typing import Final

from lms.core.file_formats import FORMATS
from lms.courses.compiler.codes import Code
from lms.courses.compiler.kinds.asking import KEYS, Asking, Details, Planned
from lms.courses.compiler.kinds.bodies import DraftBody, DraftItem, read_body

_HEAD: Final = re.compile(r"\s*\**(?:Rúbrica|Rubrica|Rubric)\s*:\**[ \t]*(.*)", re.IGNORECASE)
_ROW: Final = re.compile(r" {0,3}\|(.*)\|[ \t]*")
_CELL: Final = re.compile(r"(?<!\\)\|")
_RULER: Final = re.compile(r"[\s|:-]+")
_POINTS: Final = re.compile(r"\d{1,3}")
_LEAST_LEVELS: Final = 2
_MEGABYTES: Final = re.compile(r"[1-9]\d?")
USUAL_MEGABYTES, MOST_MEGABYTES = 10, 19
"""Millions of bytes of a file that is handed in, unless the question says otherwise, and what it may say at most."""
_EXAMPLE: Final = "«| Criterio | 0 | 1 | 2 |», y debajo una fila por criterio"


def plan_essay(asking: Asking) -> Planned:
    """Return a question that is answered with a text."""
    draft = read_body(asking.block.body, asking.first_line, _ROW, _HEAD)
    asking.refuse_loose(draft.loose)
    return Planned(stem=draft.stem, explanation=draft.explanation, details={"rubric": _rubric(asking, draft)})


def plan_file(asking: Asking) -> Planned:
    """Return a question that is answered with a file."""
    planned = plan_essay(asking)
    if asking.is_survey:
        message = "En una encuesta no se entregan archivos: dirían de quién son. Pregunte de otra manera."
        asking.wrong(message, code=Code.UNKNOWN_QUESTION_TYPE)
    return Planned(
        stem=planned.stem,
        explanation=planned.explanation,
        details={**planned.details, "formats": _formats(asking), "megabytes": _megabytes(asking)},
    )


def _formats(asking: Asking) -> list[str]:
    """Return the formats that are asked for, in the order in which everybody reads them; all when none is."""
    words = asking.attributes.get("formats", "").lower().replace(",", " ").replace("jpeg", "jpg").split()
    for word in words:
        if word not in FORMATS:
            message = f"El formato «{word}» no se recibe: use {', '.join(FORMATS)}."
            asking.wrong(message, code=Code.BAD_QUESTION_ATTRIBUTE)
    return [name for name in FORMATS if name in words or not words]


def _megabytes(asking: Asking) -> int:
    text = asking.attributes.get("limit", str(USUAL_MEGABYTES))
    if not _MEGABYTES.fullmatch(text) or int(text) > MOST_MEGABYTES:
        message = f"«{text}» no sirve: limite son los megabytes del archivo, de 1 a {MOST_MEGABYTES}."
        asking.wrong(message, code=Code.BAD_QUESTION_ATTRIBUTE)
        return USUAL_MEGABYTES
    return int(text)


def _rubric(asking: Asking, draft: DraftBody) -> Details | None:
    if draft.head is None:
        return None
    rows = [(item, _cells(item)) for item in draft.items if not _RULER.fullmatch(item.text)]
    points = _points(asking, draft.head, rows[0][1][1:] if rows else ())
    if not rows[1:] or not points:
        asking.wrong(f"A la rúbrica le faltan criterios: escriba {_EXAMPLE}.", draft.head.line)
        return None
    for item, cells in rows[1:]:
        if len(cells) != len(points) + 1 or not all(cells):
            message = f"Esta fila debe tener el criterio y {len(points)} niveles, ninguno vacío."
            asking.wrong(message, item.line)
    if len(rows) - 1 > len(KEYS):
        asking.wrong(f"La rúbrica tiene más de {len(KEYS)} criterios: deje los que deciden.", draft.head.line)
    criteria = [
        {
            "key": key,
            "html": asking.inline(cells[0]),
            "levels": [{"html": asking.inline(cell)} for cell in cells[1 : len(points) + 1]],
        }
        for key, (_item, cells) in zip(KEYS, rows[1:], strict=False)
    ]
    return {"points": points, "criteria": criteria}


def _points(asking: Asking, head: DraftItem, cells: Sequence[str]) -> list[int]:
    """Return what each level is worth, from the first row of the table."""
    points = [int(cell) for cell in cells if _POINTS.fullmatch(cell)]
    is_rising = points == sorted(set(points))
    if len(points) != len(cells) or len(points) < _LEAST_LEVELS or not is_rising:
        message = f"La primera fila dice cuántos puntos vale cada nivel, de menos a más: escriba {_EXAMPLE}."
        asking.wrong(message, head.line)
        return []
    return points


def _cells(item: DraftItem) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _CELL.split(item.text)]
