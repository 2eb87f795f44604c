"""How participants of the demonstration answer: some questions are harder, one is badly written, opinions differ."""

import math
from random import Random
from typing import Final
from zlib import crc32

from lms.courses.compiler.course import Question, Quiz
from lms.courses.compiler.quiz_terms import Moment

_SPREAD: Final = 0.9
_SPREAD_LONG: Final = 2.2
"""Between the easiest and the hardest question, in logits: of a quiz after a module, and of a long one."""
_MISLEADING: Final = 41
"""Of long quizzes, one question in so many is answered worse by those who know more: what an analysis is for."""
_LONG: Final = 20
"""Questions of a quiz that is no short check after a module."""
_HEAVIEST: Final = (9, 3, 1, 1)
"""How often the wrong options of a question are taken, the most tempting one first."""
_SHIFT: Final = {Moment.NONE: 0.0, Moment.INITIAL: -2.1, Moment.FINAL: -0.7, Moment.FOLLOW_UP: -1.0}
"""What people know at each measure, beside what they know in the quizzes of a module they just read; in logits."""
_LEARNED: Final = 1.0
"""What an attempt after another adds."""
_CERTAIN: Final = 0.99
_LIKED: Final = (1, 2, 5, 6)
"""How often the points of a scale are chosen, from the least agreeing one."""
_KEEP: Final = (
    "Las simulaciones: permiten equivocarse sin que nadie pague por ello.",
    "La ficha de referencia, porque cabe en una hoja.",
    "Los indicadores de mi sector. Los pegué en mi escritorio.",
    "La lección sobre la persona intérprete; no lo había pensado.",
    "El mapa de la ruta con los teléfonos comprobados.",
)
_CHANGE: Final = (
    "Más ejemplos del turno de noche.",
    "Una lista de contactos por municipio que se pueda imprimir.",
    "La lección de notificación y denuncia es larga; la partiría en dos.",
    "Un caso de trabajo agrícola.",
    "Nada por ahora.",
)
_HELPS: Final = (
    "Que la jefatura nos deje un lugar para hablar a solas.",
    "Más gente en el turno de noche.",
    "Que contesten los teléfonos de la ruta en fin de semana.",
    "Ensayar otra vez con las demás instituciones.",
    "Que el acuerdo siga aunque cambien a la persona con la que se hizo.",
)


def knowledge(skill: float) -> float:
    """Return a chance of the right answer in logits."""
    bounded = min(max(skill, 1 - _CERTAIN), _CERTAIN)
    return math.log(bounded / (1 - bounded))


def chance_of(question: Question, quiz: Quiz, skill: float, number: int) -> float:
    """Return the chance in [0, 1] that somebody answers a question rightly in their attempt with this number.

    Whoever never errs, a visitor's account, does not here either, but in what is only a measure.
    """
    if skill >= 1 and quiz.moment is Moment.NONE:
        return _CERTAIN
    known = knowledge(skill) + _SHIFT[quiz.moment] + _LEARNED * (number - 1)
    mark, is_long = crc32(question.id.encode()), len(quiz.questions) >= _LONG
    if is_long and mark % _MISLEADING == 0:
        return 1 / (1 + math.exp(0.5 * known - 0.4))
    difficulty = (_SPREAD_LONG if is_long else _SPREAD) * (mark % 1000 / 1000 - 0.5)
    return 1 / (1 + math.exp(difficulty - known))


def wrong_answer(question: Question, chance: Random) -> list[str]:
    """Return a wrong option, the tempting one more often; the right ones when there is no other."""
    wrong = [option.key for option in question.options if not option.is_right]
    wrong.sort(key=lambda key: crc32(f"{question.id}:{key}".encode()))
    if not wrong:
        return [option.key for option in question.options if option.is_right]
    weights = [*_HEAVIEST, *[1] * len(wrong)][: len(wrong)]
    return chance.choices(wrong, weights)


def opinion(question: Question, chance: Random) -> list[str]:
    """Return what somebody says in a survey: mostly content, now and then nothing."""
    if question.is_choice:
        weights = [3 + crc32(f"{question.id}:{option.key}".encode()) % 9 for option in question.options]
        return [chance.choices(question.options, weights)[0].key]
    if question.type == "numeric":
        return [str(chance.choices(range(6), (4, 6, 5, 3, 1, 1))[0])]
    if question.type in {"essay", "short"}:
        said = _HELPS if question.type == "short" else _CHANGE if "cambiar" in question.id else _KEEP
        return [chance.choice(said)] if chance.random() < 0.4 else []
    return _agreement(question, chance)


def _agreement(question: Question, chance: Random) -> list[str]:
    points = question.details.get("scale", ())
    places = [point["key"] for point in points if not point["is_aside"]]
    asides = [point["key"] for point in points if point["is_aside"]]
    if not places:
        return []
    keys = [each["key"] for each in question.details.get("statements", ())] or ["1"]
    given = []
    for key in keys:
        lean = crc32(f"{question.id}:{key}".encode()) % 4 / 4
        weights = [weight + lean * (len(places) - at) for at, weight in enumerate(_LIKED[-len(places) :])]
        is_aside = bool(asides) and chance.random() < 0.06
        given.append(f"{key}:{chance.choice(asides) if is_aside else chance.choices(places, weights)[0]}")
    return given
