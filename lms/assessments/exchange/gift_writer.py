"""Write GIFT that Moodle reads: texts in Markdown, feedback, weights, tags in a comment."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from lms.assessments.exchange.asked import HITS, Asked, Loss, Losses, Writing
from lms.assessments.exchange.labels import tags_from
from lms.assessments.exchange.leaving import margins, note_common, taken
from lms.assessments.exchange.weights import note_shares, shares
from lms.core.i18n import _l
from lms.courses.compiler.question_kinds import QuestionKind

_ESCAPES: Final = str.maketrans({"\\": "\\\\", **{mark: f"\\{mark}" for mark in "~=#{}:"}, "\n": "\\n"})


def write_gift(questions: Iterable[Asked]) -> Writing:
    """Return a GIFT file, and what it cannot hold."""
    losses = Losses()
    lost: list[Loss] = []
    blocks = list(taken(questions, _block, losses, lost))
    text = "\n\n".join(blocks)
    return Writing(
        content=f"{text}\n".encode(),
        ending="gift.txt",
        media_type="text/plain; charset=utf-8",
        losses=tuple(lost),
    )


def _escaped(text: str) -> str:
    """Return a text as GIFT holds it."""
    return text.strip("\n").translate(_ESCAPES)


def _without_arrow(text: str) -> str:
    """Return a text that makes no pair of what is none."""
    return text.replace("->", "-&gt;")


def _block(asked: Asked, losses: Losses) -> str | None:
    body = _BODIES.get(asked.kind)
    if body is None:
        losses.note(asked.stem, _l("GIFT no tiene este tipo de pregunta: no sale."))
        return None
    note_common(asked, losses)
    tags = "".join(f" [tag:{tag}]" for tag in tags_from(asked.labels))
    lines = [
        f"// [id:{asked.id}]{tags}",
        f"::{_escaped(asked.id)}::[markdown]{_escaped(asked.stem)}{{",
        *body(asked, losses),
    ]
    if asked.explanation:
        lines.append(f"####{_escaped(asked.explanation)}")
    return "\n".join([*lines, "}"])


def _fed(text: str, feedback: str) -> str:
    return f"{text}#{_escaped(feedback)}" if feedback else text


def _single(asked: Asked, _losses: Losses) -> Iterator[str]:
    for answer in asked.answers:
        yield _fed(f"{'=' if answer.is_right else '~'}{_escaped(answer.text)}", answer.feedback)


def _multiple(asked: Asked, losses: Losses) -> Iterator[str]:
    if not asked.partial:
        losses.note(
            asked.stem, _l("GIFT no califica todo o nada: cada acierto suma y un error anula la pregunta.")
        )
    note_shares(asked, losses)
    for answer, share in zip(asked.answers, shares(asked), strict=True):
        weight = f"%{round(float(100 * share), 5):g}%" if share else ""
        yield _fed(f"~{weight}{_escaped(answer.text)}", answer.feedback)


def _truth(asked: Asked, _losses: Losses) -> Iterator[str]:
    right = next((answer for answer in asked.answers if answer.is_right), asked.answers[0])
    wrong = next(answer for answer in asked.answers if answer is not right)
    feedback = "".join(f"#{_escaped(text)}" for text in (wrong.feedback, right.feedback))
    yield f"{'TRUE' if right is asked.answers[0] else 'FALSE'}{feedback if right.feedback or wrong.feedback else ''}"


def _short(asked: Asked, losses: Losses) -> Iterator[str]:
    if asked.demands or asked.typos:
        losses.note(
            asked.stem,
            _l("GIFT no dice qué tildes, mayúsculas o erratas se perdonan: decide el otro sistema."),
        )
    for answer in asked.answers:
        if "->" in answer.text:
            losses.note(answer.text, _l("GIFT lee «->» como una pareja: sale escrito de otra manera."))
        text = _escaped(_without_arrow(answer.text))
        yield _fed(f"={'' if answer.is_right else '%0%'}{text}", _without_arrow(answer.feedback))


def _numeric(asked: Asked, losses: Losses) -> Iterator[str]:
    if asked.units:
        losses.note(asked.units, _l("GIFT no tiene unidades: pídalas en el enunciado."))
    yield "#"
    for answer, margin in margins(asked, losses):
        weight = "" if answer.is_right else "%0%"
        yield _fed(
            f"={weight}{answer.text.replace(',', '.')}{f':{margin}' if margin else ''}", answer.feedback
        )


def _matching(asked: Asked, losses: Losses) -> Iterator[str]:
    if asked.partial != HITS:
        losses.note(asked.stem, _l("GIFT suma cada pareja acertada: no puede ser todo o nada ni restar."))
    for pair in asked.pairs:
        if pair.feedback:
            losses.note(pair.feedback, _l("Una pareja no lleva retroalimentación en este formato."))
        yield f"={_escaped(_without_arrow(pair.left))} -> {_escaped(pair.right)}"


def _essay(asked: Asked, losses: Losses) -> Iterator[str]:
    if asked.rubric:
        losses.note(asked.rubric, _l("La rúbrica no sale: este formato no la tiene."))
    yield from ()


_Body = Callable[[Asked, Losses], Iterator[str]]
_BODIES: Final[Mapping[QuestionKind, _Body]] = MappingProxyType(
    {
        "single": _single, "multiple": _multiple, "true-false": _truth, "short": _short, "numeric": _numeric,
        "matching": _matching, "essay": _essay,
    }
)  # fmt: skip
