"""People come first in the words we choose.

The list comes from the style rules of the programme: persons before labels, conduct before origin, no press clichés.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lms.courses.compiler.checks.written import Written, blank, places
from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings

# What is said to be avoided: between quotation marks, and in the `+` lines of «diga» with what follows them.
_QUOTED = re.compile(
    r"«(?:[^«»\n]|\n(?!\s*\n))*»|“(?:[^“”\n]|\n(?!\s*\n))*”|^[ \t]*\+[ \t].*(?:\n[ \t]+\S.*)*", re.MULTILINE
)
_PEOPLE = r"(?:personas?|migrantes?|inmigrantes?|extranjer[oa]s?|trabajador(?:es|as?)?|los|las)"
_AFTER_NOUN = r"(?=\s*(?:[.,;:)»]|$)|\s+(?:de edad|que|víctimas?|y|en|sin|no|con|son|fueron|han)\b)"
_VICTIMS = (
    r"(?:las?|los|el|un[ao]?s?|\d+|dos|tres|cuatro|cinco|varias|varios)?\s*"
    r"(?:víctimas?|personas?|mujer(?:es)?|niñ[oa]s?|adolescentes?|joven(?:es)?)"
)
_MINORS = "diga «niña, niño o adolescente»"
_PROSTITUTION = "diga «persona en situación de prostitución»"
_REFER = "diga «canalizar»"
_REACH = 80
"""Characters on both sides of a stem among which its words are looked for."""


@dataclass(frozen=True, slots=True)
class Avoided:
    """Words to avoid: what any of them contains, how they are found, and what to do instead."""

    stem: str
    pattern: re.Pattern[str]
    better: str


def _avoided(stem: str, pattern: str, better: str) -> Avoided:
    return Avoided(stem, re.compile(pattern, re.IGNORECASE | re.MULTILINE), better)


AVOIDED = (
    _avoided("prostitut", r"\bprostitut[oa]s?\b", _PROSTITUTION),
    _avoided("sexoserv", r"\bsexoservidor(?:as?|es)?\b", _PROSTITUTION),
    _avoided("trata de blancas", r"\btrata de blancas\b", "diga «trata de personas»"),
    _avoided(
        "tráfico",
        r"\btráfico (?:de (?:personas|mujeres|niñ[oa]s)|humano)\b",
        "diga «trata de personas» o «tráfico ilícito de migrantes», que son cosas distintas",
    ),
    _avoided(
        "prostitución",
        r"\bprostitución (?:infantil|juvenil|de (?:menores|niñ[oa]s|adolescentes))\b",
        "diga «explotación sexual de niñas, niños y adolescentes»",
    ),
    _avoided(
        "comercio sexual",
        r"\bcomercio sexual infantil\b",
        "diga «explotación sexual de niñas, niños y adolescentes»",
    ),
    _avoided(
        "pornografía",
        r"\bpornografía (?:infantil|de menores)\b",
        "diga «material de abuso sexual de niñas, niños y adolescentes»",
    ),
    _avoided(
        "turismo sexual",
        r"\bturismo sexual(?: infantil)?\b",
        "diga «explotación sexual de niñas, niños y adolescentes en viajes y turismo»",
    ),
    _avoided("menor", rf"\b(?:el|la|los|las|un|una|unos|unas|al|del)\s+menor(?:es)?\b{_AFTER_NOUN}", _MINORS),
    _avoided(
        "de la calle",
        r"\bniñ[oa]s de la calle\b",
        "diga «niñas, niños y adolescentes en situación de calle»",
    ),
    _avoided(
        "ilegal",
        rf"\b{_PEOPLE}\s+ilegal(?:es)?\b|\b(?:in)?migración ilegal\b",
        "diga «persona en situación migratoria irregular» o «migración irregular»",
    ),
    _avoided("indocumentad", r"\bindocumentad[oa]s?\b", "diga «persona en situación migratoria irregular»"),
    _avoided(
        "papeles",
        r"\b(?:los|las|un|una)\s+sin\s?papeles\b",
        "diga «persona en situación migratoria irregular»",
    ),
    _avoided("esclav", r"\besclav[ao]s?(?: sexual(?:es)?)?\b", "diga «persona en situación de explotación»"),
    _avoided(
        "mercanc",
        r"\bmercanc[ií]as? humanas?\b|\bcomo (?:una )?mercanc[ií]as?\b",
        "nombre lo que hace quien explota, no a la persona",
    ),
    _avoided("tercer negocio", r"\btercer negocio más\b", "es un tópico sin fuente; quítelo"),
    _avoided("flagelo", r"\bflagelos?\b", "es un tópico; diga «delito» o «problema»"),
    _avoided("lacra", r"\blacras?\b", "es un tópico; diga «delito» o «problema»"),
    _avoided(
        "rescat",
        rf"\brescat(?:ar(?:l[ao]s?)?|ó|aron|amos|ad[oa]s?)\b(?=\s+(?:a\s+)?{_VICTIMS}\b)|\brescatar(?:l[ao]s)\b"
        rf"|\brescates? de {_VICTIMS}\b|{_VICTIMS}\s+rescatad[oa]s?\b",
        "diga «proteger» o «poner a salvo»: la persona decide",
    ),
    _avoided("casos de éxito", r"\bcasos de éxito\b", "diga «buenas prácticas»"),
    _avoided("caso de éxito", r"\bcaso de éxito\b", "diga «buena práctica»"),
    _avoided("sospechos", r"\bseñales sospechosas\b", "diga «indicadores»"),
    _avoided(
        "deriv",
        r"\bderiv(?:ar(?:l[aeo]s?)?|e|en|emos|amos|ó|aron)\b(?!\s+(?:del?|en)\b)"
        r"|(?<!se )\bderiva(?:n|ndo)?\s+al?\s+(?:la|las|los|un|una|víctimas?|personas?|el|otr[oa]s?|hospital)\b"
        r"|\b(?:fue|fueron|es|son|sea|sean|ser|sido|está|están)\s+derivad[oa]s?\b(?!\s+del?\b)"
        r"|\bderivad[oa]s?\s+al?\b",
        _REFER,
    ),
    _avoided("minusv", r"\bminusválid[oa]s?\b", "diga «persona con discapacidad»"),
    _avoided("discapacitad", r"\bdiscapacitad[oa]s?\b", "diga «persona con discapacidad»"),
    _avoided(
        "discapacidad",
        r"\b(?:sufr|padec)e[ns]?\s+(?:de\s+)?(?:una\s+)?discapacidad\b",
        "diga «tiene una discapacidad»",
    ),
    _avoided("sordomud", r"\bsordomud[oa]s?\b", "diga «persona sorda»"),
    _avoided(
        "retras", r"\bretrasad[oa]s?(?: mental(?:es)?)\b", "diga «persona con discapacidad intelectual»"
    ),
    _avoided("mental", r"\benferm[oa]s? mental(?:es)?\b", "diga «persona con un problema de salud mental»"),
    _avoided("drogadict", r"\bdrogadict[oa]s?\b", "diga «persona con consumo problemático»"),
    _avoided("sidos", r"\bsidos[oa]s?\b", "diga «persona que vive con VIH»"),
    _avoided("ancian", r"\bancian[oa]s?\b", "diga «persona mayor»"),
    _avoided(
        "indi",
        r"\b(?:los|unos)\s+indios\b|\b(?:las|unas)\s+indias\b|\bindiecit[oa]s?\b",
        "diga «personas indígenas»",
    ),
    _avoided("homosexualismo", r"\bhomosexualismo\b", "diga «homosexualidad»"),
    _avoided("sexual", r"\bpreferencias? sexual(?:es)?\b", "diga «orientación sexual»"),
    _avoided(
        "transexual", r"\b(?:el|los|un|unos)\s+transexual(?:es)?\b", "diga «mujer trans» u «hombre trans»"
    ),
    _avoided("travesti", r"\b(?:el|los|un|unos)\s+travestis?\b", "diga «mujer trans» o como ella se nombre"),
)


def check_words(written: Written, findings: Findings) -> None:
    """No word that labels a person, but to show what not to say."""
    for position, word, better in words_to_avoid_in(written.text, written.lowered):
        message = f"Evite «{word}»: {better}."
        findings.warning(Code.WORD_TO_AVOID, written.path, written.line_at(position), message)


def words_to_avoid_in(text: str, lowered: str) -> Iterator[tuple[int, str, str]]:
    """Give the place of each word to avoid and what to do; quoted words and `+` lines are examples of them."""
    spoken = ""
    for avoided in AVOIDED:
        if avoided.stem not in lowered:
            continue
        for position in places(avoided.stem, lowered):
            if not avoided.pattern.search(text, max(position - _REACH, 0), position + _REACH):
                continue
            spoken = spoken or blank(_QUOTED, text)
            found = avoided.pattern.search(spoken, max(position - _REACH, 0), position + _REACH)
            if found is not None:
                yield found.start(), " ".join(found[0].split()), avoided.better
