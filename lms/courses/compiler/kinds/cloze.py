"""A text with gaps, each to fill with a word or to choose for."""

import re
from typing import Final

from lms.courses.compiler.kinds.asking import KEYS, Asking, Details, Planned
from lms.courses.compiler.kinds.bodies import read_body
from lms.courses.compiler.kinds.written import read_demands, read_typos

_NOTHING: Final = re.compile(r"(?!)")
_GAP: Final = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_CHOSEN: Final = re.compile(r"\(\s*([xX]?)\s*\)\s*(.*)", re.DOTALL)
MARK: Final = "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}{}\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}"
"""What stands for a gap in the HTML, with its key."""
_LEAST: Final = 2


def plan(asking: Asking) -> Planned:
    """Return a text with gaps; what comes before its first paragraph with one is the stem."""
    draft = read_body(asking.block.body, asking.first_line, _NOTHING)
    paragraphs = re.split(r"\n[ \t]*\n", "\n".join(draft.stem))
    first = next((at for at, each in enumerate(paragraphs) if _GAP.search(each)), len(paragraphs))
    text = "\n\n".join(paragraphs[first:])
    written = [found[1] for found in _GAP.finditer(text)]
    if not written:
        asking.wrong("Falta un hueco: escriba en el texto «{{acto}}» o «{{(x) acto | medio | fin}}».")
    gaps = [_gap(asking, str(number), each) for number, each in enumerate(written, 1)]
    keys = iter(gap["key"] for gap in gaps)
    marked = _GAP.sub(lambda _found: MARK.format(next(keys)), text)
    return Planned(
        stem="\n\n".join(paragraphs[:first]).split("\n"),
        explanation=draft.explanation,
        details={
            "body_html": asking.paragraphs(marked.split("\n")),
            "gaps": gaps,
            "demands": read_demands(asking),
            "typos": read_typos(asking),
        },
    )


def _gap(asking: Asking, key: str, written: str) -> Details:
    """Return a gap: with choices where a bar separates them, otherwise the texts that it accepts."""
    if "|" not in written:
        texts = [" ".join(each.split()) for each in written.split("=")]
        if not all(texts):
            asking.wrong(f"El hueco {key} está vacío: escriba lo que se acepta, como «{{{{acto}}}}».")
        return {"key": key, "texts": texts}
    choices: list[Details] = []
    for index, each in enumerate(written.split("|")):
        found = _CHOSEN.fullmatch(each.strip())
        text = " ".join((found[2] if found else each).split())
        is_right = bool(found and found[1])
        choices.append({"key": KEYS[index % len(KEYS)], "text": text, "is_right": is_right})
    texts = [choice["text"] for choice in choices]
    if (
        not all(texts)
        or len(set(texts)) < max(len(texts), _LEAST)
        or sum(c["is_right"] for c in choices) != 1
    ):
        message = (
            f"En el hueco {key} marque una opción con (x) y no repita: «{{{{(x) acto | medio | fin}}}}»."
        )
        asking.wrong(message)
    return {"key": key, "choices": choices}
