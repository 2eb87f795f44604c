"""Options with weights, as other systems grade them, in one of the three ways that a question here is graded."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from lms.assessments.exchange.asked import HITS, PARTS, Answer, Asked, Losses
from lms.core.i18n import _l
from lms.courses.compiler.question_kinds import QuestionKind

_CLOSE: Final = Fraction(1, 100)
"""Moodle rounds thirds and sixths."""
_SHARED_BY: Final = frozenset({*range(1, 11), 20})
"""Numbers of right options whose share is one of the weights that Moodle offers (lib/questionlib.php)."""
_HALF: Final = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """An option with the share of the point that it gives or takes."""

    text: str
    weight: Fraction
    feedback: str = ""


def as_choice(
    options: Sequence[Weighed], *, is_single: bool, losses: Losses
) -> tuple[QuestionKind, str, tuple[Answer, ...]]:
    """Return the kind, how it gives parts of the point, and the options; what changes is noted."""
    if is_single:
        return "single", "", _single(options, losses)
    right = [each.weight for each in options if each.weight > 0]
    wrong = [each.weight for each in options if each.weight <= 0]
    share = Fraction(1, max(len(right), 1))
    if any(abs(weight - share) > _CLOSE for weight in right):
        losses.note(_said(options), _l("Aquí cada acierto vale lo mismo: se quitaron los pesos."))
    answers = tuple(
        Answer(text=each.text, is_right=each.weight > 0, feedback=each.feedback) for each in options
    )
    if all(weight == 0 for weight in wrong):
        return "multiple", HITS if right else "", answers
    if all(weight <= -1 for weight in wrong) and len(right) > 1:
        return "multiple", "", answers
    if any(abs(weight + share) > _CLOSE for weight in wrong):
        losses.note(
            _said(options),
            _l("Aquí cada error resta lo que suma un acierto: se quitaron los pesos negativos."),
        )
    return "multiple", PARTS, answers


def accepted(options: Sequence[Weighed], losses: Losses) -> tuple[Answer, ...]:
    """Return accepted answers and known mistakes; one worth a part is accepted from half a point on."""
    for each in options:
        if 0 < each.weight < 1:
            said = (
                _l("Vale %(weight)s %% del punto: aquí se acepta entera.", weight=float(100 * each.weight))
                if each.weight >= _HALF
                else _l(
                    "Vale %(weight)s %% del punto: queda como error conocido.",
                    weight=float(100 * each.weight),
                )
            )
            losses.note(each.text, said)
        elif each.weight < 0:
            losses.note(each.text, _l("Su peso es negativo: queda como error conocido, que no resta."))
    return tuple(
        Answer(text=each.text, is_right=each.weight >= _HALF, feedback=each.feedback) for each in options
    )


def shares(asked: Asked) -> list[Fraction]:
    """Return what each option of a question with several answers gives or takes elsewhere."""
    right = Fraction(1, max(sum(answer.is_right for answer in asked.answers), 1))
    wrong = Fraction(0) if asked.partial == HITS else -right if asked.partial == PARTS else Fraction(-1)
    return [right if answer.is_right else wrong for answer in asked.answers]


def note_shares(asked: Asked, losses: Losses) -> None:
    """Note a question with several answers whose shares Moodle does not offer: it would refuse it."""
    if asked.kind == "multiple" and sum(answer.is_right for answer in asked.answers) not in _SHARED_BY:
        losses.note(asked.stem, _l("Moodle no tiene un peso para tantos aciertos: quite algunos."))


def _single(options: Sequence[Weighed], losses: Losses) -> tuple[Answer, ...]:
    best = max((each.weight for each in options), default=Fraction(0))
    for each in options:
        if each.weight and (each.weight < 0 or each.weight != best):
            losses.note(each.text, _l("Su peso no es todo ni nada: aquí una opción es correcta o no lo es."))
    return tuple(
        Answer(text=each.text, is_right=best > 0 and each.weight == best, feedback=each.feedback)
        for each in options
    )


def _said(options: Sequence[Weighed]) -> str:
    return " / ".join(each.text for each in options)
