"""Compiled questions, key included, as questions on their way out."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from lms.assessments.exchange.amounts import digits
from lms.assessments.exchange.asked import HITS, PARTS, Answer, Asked, Losses, Pair
from lms.assessments.exchange.markup import from_html, inline_from_html
from lms.core.i18n import _l
from lms.courses.compiler.course import Question
from lms.courses.compiler.kinds.cloze import MARK
from lms.courses.compiler.question_kinds import QuestionKind

_DEMANDS: Final = {"accents": "tildes", "case": "mayusculas", "spaces": "espacios"}


def asked_of(question: Question, losses: Losses) -> Asked | None:
    """Return a question with its texts as Markdown; None, noted, for a kind that no other system would understand."""
    special = _SPECIALS.get(question.type)
    if question.type in {"likert", "file"}:
        losses.note(question.id, _l("Es una opinión o un archivo que se entrega: no sale a otros formatos."))
        return None
    return Asked(
        kind=question.type,
        id=question.id,
        stem=from_html(question.stem_html, losses, _picture),
        explanation=from_html(question.explanation_html, losses, _picture),
        partial=_partial(question),
        labels=_labels(question),
        **(special(question, losses) if special else {"answers": _answers(question, losses)}),
    )


def _picture(address: str) -> str:
    """Pictures keep the address that the compiler gave them."""
    return address.replace(" ", "%20")


def _partial(question: Question) -> str:
    return (HITS if question.details.get("is_by_hit") else PARTS) if question.partial else ""


def _labels(question: Question) -> dict[str, str]:
    found = {
        "nivel": question.level, "modulo": "" if question.module is None else str(question.module),
        "objetivo": question.objective, "pais": question.country, "sector": question.sector,
        "fuente": question.source, "etiquetas": " ".join(question.tags),
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _inline(html: str, losses: Losses) -> str:
    return inline_from_html(html, losses, _picture)


def _answers(question: Question, losses: Losses) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            text=_inline(each.html, losses),
            is_right=each.is_right,
            feedback=from_html(each.feedback_html, losses, _picture),
        )
        for each in question.options
    )


def _written(question: Question, losses: Losses) -> tuple[Answer, ...]:
    texts = {each["key"]: each["texts"][0] for each in question.details.get("answers", ())}
    values = question.details.get("values", {})
    return tuple(
        Answer(
            text=texts.get(each.key) or digits(Fraction(values[each.key])),
            is_right=each.is_right,
            feedback=from_html(each.feedback_html, losses, _picture),
        )
        for each in question.options
        if each.key in texts or each.key in values
    )


def _short(question: Question, losses: Losses) -> dict[str, Any]:
    return {"answers": _written(question, losses), **_typed(question)}


def _typed(question: Question) -> dict[str, Any]:
    demands = " ".join(_DEMANDS[each] for each in question.details["demands"])
    return {"demands": demands, "typos": question.details["typos"]}


def _numeric(question: Question, losses: Losses) -> dict[str, Any]:
    details = question.details
    tolerance = Fraction(details["tolerance"])
    written = f"{digits(100 * tolerance)}%" if details["is_share"] else digits(tolerance)
    units = "; ".join(
        ", ".join(unit["texts"])
        + ("" if Fraction(unit["factor"]) == 1 and not at else f" = {digits(Fraction(unit['factor']))}")
        for at, unit in enumerate(details["units"])
    )
    return {"answers": _written(question, losses), "tolerance": written if tolerance else "", "units": units}


def _matching(question: Question, losses: Losses) -> dict[str, Any]:
    sides = {each.key: _inline(each.html, losses) for each in question.options}
    used = {pair["right"] for pair in question.details["pairs"]}
    pairs = [
        Pair(
            left=_inline(pair["html"], losses),
            right=sides[pair["right"]],
            feedback=from_html(pair["feedback_html"], losses, _picture),
        )
        for pair in question.details["pairs"]
    ]
    return {
        "pairs": (
            *pairs,
            *(Pair(left="", right=sides[each.key]) for each in question.options if each.key not in used),
        )
    }


def _ordering(question: Question, losses: Losses) -> dict[str, Any]:
    steps = {each.key: _inline(each.html, losses) for each in question.options}
    return {"steps": tuple(steps[key] for key in question.details["order"])}


def _cloze(question: Question, losses: Losses) -> dict[str, Any]:
    body = from_html(question.details["body_html"], losses, _picture)
    for gap in question.details["gaps"]:
        inside = (
            " = ".join(gap["texts"])
            if "texts" in gap
            else " | ".join(f"{'(x) ' if each['is_right'] else ''}{each['text']}" for each in gap["choices"])
        )
        body = body.replace(MARK.format(gap["key"]), f"{{{{{inside}}}}}", 1)
    return {"body": body, **_typed(question)}


def _essay(question: Question, losses: Losses) -> dict[str, Any]:
    rubric = question.details.get("rubric")
    if not rubric:
        return {}
    rows = [["Criterio", *map(str, rubric["points"])], ["---"] * (1 + len(rubric["points"]))]
    rows += (
        [_inline(cell["html"], losses).replace("|", "\\|") for cell in (each, *each["levels"])]
        for each in rubric["criteria"]
    )
    return {"rubric": "\n".join(f"| {' | '.join(row)} |" for row in rows)}


_SPECIALS: Final[Mapping[QuestionKind, Callable[[Question, Losses], dict[str, Any]]]] = MappingProxyType(
    {
        "short": _short,
        "numeric": _numeric,
        "matching": _matching,
        "ordering": _ordering,
        "cloze": _cloze,
        "essay": _essay,
    }
)
