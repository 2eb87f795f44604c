"""Whether the banks of a quiz have what its draw asks for, whoever answers, and whether its forms are alike."""

from collections.abc import Iterator, Sequence
from typing import Final

from lms.courses.compiler.banks import Bank
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Question
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.quiz_terms import Draw
from lms.courses.compiler.records import Record
from lms.courses.compiler.sectors import sectors

_LEAST_FORMS: Final = 2
_ELSEWHERE: Final = "—"
"""Stands for any sector or country that no question names."""


def check_draws(
    pool: Sequence[Question], draws: Sequence[Draw], lines: Sequence[int], path: str, findings: Findings
) -> None:
    """Report the lines that cannot be filled: an error when for nobody, a warning when not for some."""
    for index, draw in enumerate(draws):
        if _sure(pool, draws, index) < draw.count:
            left = max(_sure(pool, draws, index), 0)
            message = (
                f"Pide {draw.count} preguntas y en el banco quedan {left}: agregue preguntas o pida menos."
            )
            findings.error(Code.SHORT_DRAW, path, lines[index], message)
            continue
        short = next(_short(pool, draws, index), None)
        if short is not None:
            who, left = short
            message = f"Pide {draw.count} preguntas y {who} hay {left}: agregue preguntas o pida menos."
            findings.warning(Code.SHORT_DRAW, path, lines[index], message)


def check_forms(forms: Sequence[Bank | None], record: Record, findings: Findings) -> None:
    """Report forms that cannot be compared: fewer than two, or of different length."""
    line = record.line_of("formas")
    known = [bank for bank in forms if bank is not None]
    if len(forms) < _LEAST_FORMS or len({id(bank) for bank in known}) < len(known):
        message = "Hacen falta dos formas o más, cada una con su banco: escriba «formas: [forma-a, forma-b]»."
        findings.error(Code.UNEQUAL_FORMS, record.path, line, message)
        return
    sizes = [sum(not each.is_retired for each in bank.questions) for bank in known]
    if len(set(sizes)) > 1:
        said = " y ".join(map(str, sizes))
        message = f"Las formas tienen {said} preguntas: con el mismo número se pueden comparar."
        findings.error(Code.UNEQUAL_FORMS, record.path, line, message)


def _short(pool: Sequence[Question], draws: Sequence[Draw], index: int) -> Iterator[tuple[str, int]]:
    """Yield for whom a line falls short and what is left for them."""
    countries = sorted({each.country for each in pool if each.country})
    named = sorted(
        {each.sector for each in pool if each.sector} | {each.sector for each in draws if each.sector}
    )
    own = draws[index].sector
    for country in (_ELSEWHERE, *countries):
        for sector in (own,) if own else (_ELSEWHERE, *named):
            fitting = [each for each in pool if each.country in {"", country} and each.sector in {"", sector}]
            left = max(_sure(fitting, draws, index), 0)
            if left < draws[index].count:
                yield _who(sector, country), left


def _sure(pool: Sequence[Question], draws: Sequence[Draw], index: int) -> int:
    """Return how many questions a line finds at least, whatever the lines before it took."""
    own = {each.id for each in pool if draws[index].takes(each)}
    taken = 0
    for draw in draws[:index]:
        taken += min(draw.count, sum(each.id in own for each in pool if draw.takes(each)))
    return len(own) - taken


def _who(sector: str, country: str) -> str:
    place = "en los demás países" if country == _ELSEWHERE else f"en {country}"
    people = "los demás sectores" if sector == _ELSEWHERE else sectors("es")[sector].label.lower()
    return f"para {people} {place}"
