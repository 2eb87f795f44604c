"""Questions as a bank holds them: Markdown that the compiler reads back as the same question."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from lms.assessments.exchange.asked import LABELS, Asked
from lms.assessments.exchange.plain import as_stem, contained, one_line, without_arrows
from lms.courses.compiler.question_kinds import QuestionKind

_WORDS: Final[Mapping[QuestionKind, str]] = MappingProxyType(
    {
        "short": "corta",
        "numeric": "numero",
        "matching": "parejas",
        "ordering": "orden",
        "cloze": "huecos",
        "essay": "ensayo",
    }
)
_BARE: Final = re.compile(r"[\w.,%/-]+")
_UNFIT: Final = re.compile(r"""["'{}<>\n]""")
TRUE, FALSE = "Verdadero", "Falso"


def bank_text(asked: Asked) -> str:
    """Return the block of a question."""
    lines = [f"::: pregunta {{{' '.join(_attributes(asked))}}}"]
    stem = as_stem(asked.stem, has_steps=asked.kind in {"matching", "ordering"})
    lines += [stem, "", *_BODIES[asked.kind](asked)]
    if asked.explanation.strip():
        lines += ["", f"Explicación: {contained(asked.explanation).lstrip()}"]
    return "\n".join([*lines, ":::"])


def bank_file(title: str, blocks: list[str]) -> str:
    """Return the file of a bank."""
    name = one_line(_UNFIT.sub("", title)).strip("\\") or "Preguntas"
    return "\n\n".join([f'---\ntipo: banco\ntitulo: "{name}"\n---', *blocks]) + "\n"


def _attributes(asked: Asked) -> Iterator[str]:
    yield f"id={asked.id}"
    if asked.kind in _WORDS:
        yield f"tipo={_WORDS[asked.kind]}"
    values = {
        "parcial": asked.partial, "tolerancia": asked.tolerance, "unidades": asked.units,
        "exige": asked.demands, "erratas": str(asked.typos) if asked.typos else "",
        **{name: asked.labels[name] for name in LABELS if name in asked.labels},
    }  # fmt: skip
    for name, value in values.items():
        if value:
            fit = _UNFIT.sub(" ", value).strip()
            yield f"{name}={fit}" if _BARE.fullmatch(fit) else f'{name}="{fit}"'


def _feedback(text: str) -> Iterator[str]:
    for line in contained(text).split("\n") if text.strip() else ():
        yield f"    > {line}".rstrip()


def _choices(asked: Asked) -> Iterator[str]:
    opening, closing = "[]" if asked.kind == "multiple" else "()"
    for answer in asked.answers:
        yield f"{opening}{'x' if answer.is_right else ' '}{closing} {contained(one_line(answer.text))}"
        yield from _feedback(answer.feedback)


def _pairs(asked: Asked) -> Iterator[str]:
    for pair in asked.pairs:
        left = f"{without_arrows(contained(one_line(pair.left)))} " if pair.left.strip() else ""
        yield f"- {left}=> {contained(one_line(pair.right))}"
        yield from _feedback(pair.feedback)


def _steps(asked: Asked) -> Iterator[str]:
    for number, step in enumerate(asked.steps, 1):
        yield f"{number}. {contained(one_line(step))}"


def _cloze(asked: Asked) -> Iterator[str]:
    yield as_stem(asked.body)


def _essay(asked: Asked) -> Iterator[str]:
    if asked.rubric:
        yield from ("Rúbrica:", "", asked.rubric)


_BODIES: Final[Mapping[QuestionKind, Callable[[Asked], Iterator[str]]]] = MappingProxyType(
    {
        "single": _choices, "multiple": _choices, "true-false": _choices, "short": _choices, "numeric": _choices,
        "matching": _pairs, "ordering": _steps, "cloze": _cloze, "essay": _essay,
    }
)  # fmt: skip
