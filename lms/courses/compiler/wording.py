"""Words and numbers that do not belong in a lesson."""

import re
from collections.abc import Iterator

_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”")
_AVOIDED_LINE = re.compile(r"\s*\+\s")
_ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")
_PEOPLE = r"(?:personas?|migrantes?|inmigrantes?|extranjer[oa]s?|trabajador(?:es|as?)?|los|las)"
_AFTER_NOUN = r"(?=\s*(?:[.,;:)»]|$)|\s+(?:de edad|que|víctimas?|y|en|sin|no|con|son|fueron|han)\b)"
_AVOID = tuple(
    (re.compile(pattern, re.IGNORECASE), better)
    for pattern, better in (
        (r"\bprostitutas?\b", "diga «persona en situación de prostitución»"),
        (r"\btrata de blancas\b", "diga «trata de personas»"),
        (r"\bprostitución infantil\b", "diga «explotación sexual de niñas, niños y adolescentes»"),
        (r"\bpornografía infantil\b", "diga «material de abuso sexual de niñas, niños y adolescentes»"),
        (
            r"\bturismo sexual(?: infantil)?\b",
            "diga «explotación sexual de niñas, niños y adolescentes en viajes y turismo»",
        ),
        (
            rf"\b(?:el|la|los|las|un|una|unos|unas|al|del)\s+menor(?:es)?\b{_AFTER_NOUN}",
            "diga «niña, niño o adolescente»",
        ),
        (rf"\b{_PEOPLE}\s+ilegal(?:es)?\b", "diga «persona en situación migratoria irregular»"),
        (r"\besclav[ao]s? sexual(?:es)?\b", "diga «persona en situación de explotación sexual»"),
        (r"\btercer negocio más\b", "es un tópico sin fuente; quítelo"),
        (r"\bderiv(?:ar(?:l[aeo]s?)?|e|en|amos|ó|aron)\b(?!\s+del?\b)", "diga «canalizar»"),
        (r"\b(?:minusválid|discapacitad)[oa]s?\b", "diga «persona con discapacidad»"),
    )
)
_CANDIDATE = re.compile(r"(?<![\w/.,-])\+?\(?\d[\d\s().–-]{4,20}\d(?![\w/]|[.,-]\w)")
_SHORT = re.compile(
    r"(?:tel(?:éfono|\.)?|llam[ae]\w*|marque|marcar|línea|extensión|ext\.|WhatsApp)"
    r"(?:\s+(?:al?|de|el|la|número|emergencias|nacional|gratuit[ao]))*\s*:?\s*\**(\d{3,4})"
    r"(?!\w|[.,]\d| de\b)",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"\b(?:tel|teléfono|llam\w+|marque|marcar|línea|celular|whatsapp|número)\W*(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\b(?:art(?:ículos?|s?\.)|ley(?:es)?|decretos?|d\.\s?s\.|n[úu]m(?:ero|\.)?|n\.?\s?[º°]|n\.o|resoluci[oó]n|expediente"
    r"|folio|oficio|acuerdo|convenio|isbn|issn|doi|a/res|gaceta|registro oficial)\W*(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-.]\d{1,2}[-.]\d{4}")
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d(?:\s*[-–]\s*(?:(?:1[5-9]|20)\d\d|\d\d))?")
_AMOUNT = re.compile(r"\d{1,3}(?:[ .]\d{3})+")
_FEWEST, _MOST = 7, 15
_REACH = 60
"""Characters before a number that tell what it is."""


def words_to_avoid_in(line: str) -> Iterator[tuple[str, str]]:
    """Give each word to avoid and what to do; quoted words and `+` lines are examples of what not to say."""
    if _AVOIDED_LINE.match(line):
        return
    text = _QUOTED.sub("", line)
    for pattern, better in _AVOID:
        for found in pattern.finditer(text):
            yield found[0], better


def phone_numbers_in(line: str) -> Iterator[str]:
    """Give what looks like a telephone number; laws, dates and amounts are none."""
    text = _ADDRESS.sub(" ", line)
    for found in _CANDIDATE.finditer(text):
        before = text[max(found.start() - _REACH, 0) : found.start()]
        if _is_phone(found[0], before):
            yield found[0]
    for short in _SHORT.finditer(text):
        yield short[1]


def _is_phone(number: str, before: str) -> bool:
    digits = sum(character.isdigit() for character in number)
    if not _FEWEST <= digits <= _MOST or _DATE.fullmatch(number) or _YEARS.fullmatch(number):
        return False
    if _CALL.search(before) and not _LEGAL.search(before):
        return True
    return not (_LEGAL.search(before) or _AMOUNT.fullmatch(number))
