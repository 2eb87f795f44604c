"""Telephone numbers live in the directory, where they are kept up to date."""

import re
from collections.abc import Iterator

from lms.courses.compiler.checks.written import Written
from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings

_LONG = re.compile(r"\d[\d \t().–-]{4,20}\d(?![\w/]|[.,-]\w)")
_SIGN = re.compile(r"(?<![\w/.,-])\+?\(?\Z")
_SHORT = re.compile(r"\d{3,4}(?!\w|[.,]\d| de\b)")
_CALLED = re.compile(
    r"(?:tel(?:éfono|\.)?|llam[ae]\w*|marque|marcar|línea|extensión|ext\.|WhatsApp)"
    r"(?:\s+(?:al?|de|el|la|número|emergencias|nacional|gratuit[ao]))*\s*:?\s*\**\Z",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"\b(?:tel|teléfono|llam\w+|marque|marcar|línea|celular|whatsapp|número)\W*(?:\w+\W+){0,2}\Z",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\b(?:art(?:ículos?|s?\.)|ley(?:es)?|decretos?|d\.\s?s\.|n[úu]m(?:ero|\.)?|n\.?\s?[º°]|n\.o|resoluci[oó]n|expediente"
    r"|folio|oficio|acuerdo|convenio|isbn|issn|doi|a/res|gaceta|registro oficial)\W*(?:\w+\W+){0,2}\Z",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-.]\d{1,2}[-.]\d{4}")
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d(?:\s*[-–]\s*(?:(?:1[5-9]|20)\d\d|\d\d))?")
_AMOUNT = re.compile(r"\d{1,3}(?:[ .]\d{3})+")
_FEWEST, _MOST = 7, 15
_REACH = 60
"""Characters before a number that tell what it is."""


def check_phone_numbers(written: Written, findings: Findings) -> None:
    """No telephone number stands in a text."""
    for position, phone in phone_numbers_in(written.text):
        message = f"«{phone}» parece un teléfono: va en el directorio, no en el texto."
        findings.warning(Code.PHONE_NUMBER, written.path, written.line_at(position), message)


def phone_numbers_in(text: str) -> Iterator[tuple[int, str]]:
    """Give the place of what looks like a telephone number; laws, dates and amounts are none."""
    for found in _LONG.finditer(text):
        before = _before(text, found.start())
        sign = _SIGN.search(before)
        if sign is not None and _is_phone(found[0], before[: sign.start()]):
            yield found.start(), sign[0] + found[0]
    for found in _SHORT.finditer(text):
        before = _before(text, found.start())
        if not before[-1:].isdecimal() and _CALLED.search(before):
            yield found.start(), found[0]


def _before(text: str, position: int) -> str:
    """Return what stands before a number on its line, as far as it matters."""
    return text[max(position - _REACH, 0) : position].rpartition("\n")[2]


def _is_phone(number: str, before: str) -> bool:
    digits = sum(character.isdigit() for character in number)
    if not _FEWEST <= digits <= _MOST or _DATE.fullmatch(number) or _YEARS.fullmatch(number):
        return False
    if _CALL.search(before) and not _LEGAL.search(before):
        return True
    return not (_LEGAL.search(before) or _AMOUNT.fullmatch(number))
