"""Questions that are answered with a few words or with a number: accepted answers, and mistakes that are known."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from lms.courses.compiler.codes import Code
from lms.courses.compiler.kinds.asking import KEYS, Asking, Details, Planned, PlannedOption
from lms.courses.compiler.kinds.numbers import read_quantity
from lms.courses.compiler.questions import DraftQuestion, read_question

DEMANDS: Final = {
    "tildes": "accents",
    "accents": "accents",
    "mayusculas": "case",
    "mayúsculas": "case",
    "case": "case",
    "espacios": "spaces",
    "spaces": "spaces",
}
"""What an author may demand of a text, which is forgiven otherwise."""
_MOST_TYPOS: Final = 3
_TOLERANCE: Final = re.compile(r"(\d+(?:[.,]\d+)?)(\s*%)?", re.ASCII)


def plan_short(asking: Asking) -> Planned:
    """Return a question that is answered with a few words."""
    draft = _draft(asking)
    answers = [
        {"key": KEYS[index % len(KEYS)], "texts": [option.text]} for index, option in enumerate(draft.options)
    ]
    details = {"answers": answers, "demands": read_demands(asking), "typos": read_typos(asking)}
    return _planned(asking, draft, details)


def plan_numeric(asking: Asking) -> Planned:
    """Return a question that is answered with a number, and a unit where there are some."""
    draft = _draft(asking)
    values = {}
    for index, option in enumerate(draft.options):
        quantity = read_quantity(option.text)
        if quantity is None or quantity.unit:
            asking.wrong("No es un número: escriba solo cifras, como «(x) 72».", option.line)
        else:
            values[KEYS[index % len(KEYS)]] = str(quantity.value)
    tolerance, is_share = _tolerance(asking)
    details = {"values": values, "tolerance": tolerance, "is_share": is_share, "units": _units(asking)}
    return _planned(asking, draft, details)


def _draft(asking: Asking) -> DraftQuestion:
    draft = read_question(asking.block.body, asking.first_line)
    asking.refuse_loose(draft.loose)
    if asking.is_survey:
        if draft.options:
            message = "En una encuesta ninguna respuesta es la correcta: quite las líneas con «( )»."
            asking.wrong(message, draft.options[0].line, Code.NUMBER_OF_KEYS)
        return draft
    if not any(option.is_right for option in draft.options):
        asking.wrong("Falta la respuesta que se acepta: escriba «(x) texto».", code=Code.NUMBER_OF_KEYS)
    seen: set[str] = set()
    for option in draft.options:
        if not option.text:
            asking.wrong("La respuesta está vacía: escriba su texto.", option.line, Code.EMPTY_OPTION)
        elif option.text.casefold() in seen:
            asking.wrong("Esta respuesta ya está escrita: deje una.", option.line, Code.REPEATED_OPTION)
        seen.add(option.text.casefold())
    if len(draft.options) > len(KEYS):
        asking.wrong(f"Hay más de {len(KEYS)} respuestas: deje las que hacen falta.")
    return draft


def _planned(asking: Asking, draft: DraftQuestion, details: Details) -> Planned:
    options = tuple(
        PlannedOption(
            is_right=option.is_right,
            text=asking.inline(option.text),
            feedback=asking.paragraphs(option.feedback),
        )
        for option in draft.options
    )
    return Planned(stem=draft.stem, explanation=draft.explanation, options=options, details=details)


def read_demands(asking: Asking) -> list[str]:
    """Return what the author demands of a text besides its letters."""
    words = re.split(r"[\s,]+", asking.attributes.get("demands", "").strip())
    unknown = [word for word in words if word and word not in DEMANDS]
    if unknown:
        message = f"«{unknown[0]}» no se puede exigir: use tildes, mayusculas o espacios."
        asking.wrong(message, code=Code.BAD_QUESTION_ATTRIBUTE)
    return sorted({DEMANDS[word] for word in words if word in DEMANDS})


def read_typos(asking: Asking) -> int:
    """Return how many slips of typing an answer may have."""
    value = asking.attributes.get("typos", "0")
    if value in {str(number) for number in range(_MOST_TYPOS + 1)}:
        return int(value)
    message = f"«{value}» no sirve: erratas va de 0 a {_MOST_TYPOS}."
    asking.wrong(message, code=Code.BAD_QUESTION_ATTRIBUTE)
    return 0


def _tolerance(asking: Asking) -> tuple[str, bool]:
    """Return what an answer may differ by, and whether that is a share of the accepted number."""
    value = asking.attributes.get("tolerance", "0").strip()
    found = _TOLERANCE.fullmatch(value)
    if found is None:
        message = f"«{value}» no sirve: tolerancia es un número como 2, o una parte como 5%."
        asking.wrong(message, code=Code.BAD_QUESTION_ATTRIBUTE)
        return "0", False
    number = Fraction(found[1].replace(",", "."))
    return str(number / 100 if found[2] else number), bool(found[2])


def _units(asking: Asking) -> list[Details]:
    """Return the units with what each is worth in the first one, as in «horas, h; días, día = 24»."""
    written = asking.attributes.get("units", "")
    groups: Sequence[str] = written.split(";") if written else ()
    units = []
    for index, group in enumerate(groups):
        names, has_factor, factor = group.partition("=")
        texts = [name.strip() for name in names.split(",")]
        quantity = read_quantity(factor) if has_factor else None
        is_known = quantity is not None and quantity.value > 0 and not quantity.unit
        if not all(texts) or is_known != (index > 0):
            message = "unidades se escribe como «horas, h; días, día = 24»: la primera es la de la respuesta."
            asking.wrong(message, code=Code.BAD_QUESTION_ATTRIBUTE)
            return []
        units.append({"texts": texts, "factor": str(quantity.value) if quantity else "1"})
    return units
