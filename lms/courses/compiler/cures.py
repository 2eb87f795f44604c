"""Say what to do with a line of Markdown that two engines read in two ways."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lms.courses.compiler.codes import Code

_ITEM = re.compile(r"( *)([-*+]|\d+[.)])(?:[ \t]+|$)")
_FENCE = re.compile(r"```|~~~")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*(?:>|$)|<[!?][^>]*>?")
_ADDRESS = re.compile(r"<[^\s<>@]+@[^\s<>]+>|<[a-zA-Z][a-zA-Z0-9+.-]+:[^<>]*>")
_HEADING = re.compile(r" *#+")
_UNDERLINE = re.compile(r" *(?:=+|-+)[ \t]*$")
_RULE = re.compile(r" *(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_QUOTE = re.compile(r" *>")
_LINK = re.compile(r"\]\(|\]\[|\]:|!?\[[^\]]*\]")
_TABLE = re.compile(r"\|")
_ENDS_IN_BRACES = re.compile(r".*\{[^{}]*\}\s*#*$")
_NEAR = 3
"""Lines above that may explain a difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cure:
    """What a difference is called, and what its author can do."""

    code: Code
    advice: str


_HTML = Cure(code=Code.RAW_HTML, advice="«{tag}» es HTML y se quita: use Markdown o un bloque «:::».")
_TAB = Cure(
    code=Code.LITERAL_MARK,
    advice="Esta línea tiene tabuladores y cada programa los cuenta a su modo: use espacios.",
)
_CODE_FENCE = Cure(
    code=Code.FENCE,
    advice=(
        "Este recuadro de código se vería distinto en otros programas: escriba sus marcas (```) solas en su línea, con "
        "una línea en blanco antes y otra después, y ciérrelo con las mismas marcas."
    ),
)
_NESTED = Cure(
    code=Code.LIST_INDENT,
    advice=(
        "Lo que va dentro de un elemento de la lista empieza debajo de su primera letra: ponga un solo espacio después "
        "de la marca y alinee lo de dentro con esa letra."
    ),
)
_GLUED = Cure(
    code=Code.NO_BLANK_LINE,
    advice="Esta línea sigue pegada a la anterior: deje una línea en blanco entre las dos.",
)
_TITLE = Cure(
    code=Code.HEADING_MARK,
    advice=(
        "Este título se vería distinto en otros programas: escriba «## Título» sin sangría, con un espacio después "
        "de «#» y ninguno al final; si no es un título, no empiece la línea con «#»."
    ),
)
_UNDERLINED = Cure(
    code=Code.HEADING_MARK,
    advice=(
        "Una línea de «===» o «---» bajo un texto lo vuelve título según el programa: escriba «## Título», o deje "
        "una línea en blanco antes de la raya."
    ),
)
_QUOTED = Cure(
    code=Code.READ_IN_TWO_WAYS,
    advice=(
        "Esta cita se vería distinta en otros programas: empiece cada línea con «> » y deje una línea en blanco antes "
        "y después."
    ),
)
_RULED = Cure(
    code=Code.READ_IN_TWO_WAYS,
    advice="Esta raya se vería distinta en otros programas: escriba «---» sola, entre dos líneas en blanco.",
)
_LINKED = Cure(
    code=Code.LINK_MARK,
    advice=(
        "Este enlace se vería distinto en otros programas: escriba [texto](dirección), sin espacios ni paréntesis en "
        "la dirección y sin otros corchetes en el texto."
    ),
)
_BARE_ADDRESS = Cure(
    code=Code.LINK_MARK,
    advice="Una dirección entre «<» y «>» se vería distinta en otros programas: escriba [texto](dirección).",
)
_BACKSLASH = Cure(
    code=Code.LITERAL_MARK,
    advice=(
        "La barra «\\» se vería distinta en otros programas: quítela; "
        "para mostrar un signo tal cual, escríbalo entre acentos graves (`)."
    ),
)
_CODED = Cure(
    code=Code.LITERAL_MARK,
    advice=(
        "Este texto entre acentos graves (`) se vería distinto en otros programas: use uno a cada lado, sin espacios "
        "junto a ellos ni otros dentro."
    ),
)
_ENTITY = Cure(
    code=Code.LITERAL_MARK,
    advice="«&…;» se vería distinto en otros programas: escriba el signo mismo, como «©» o «á».",
)
_BRACES = Cure(
    code=Code.LITERAL_MARK,
    advice="Lo que va entre llaves al final se toma por atributos y no se ve: use paréntesis.",
)
_STRESS = Cure(
    code=Code.EMPHASIS_MARK,
    advice=(
        "Este énfasis se vería distinto en otros programas: escriba *cursiva* o **negrita** con los asteriscos "
        "pegados a las palabras que abarcan, sin guiones bajos, sin anidar y sin cortar una palabra."
    ),
)
_CELLS = Cure(
    code=Code.READ_IN_TWO_WAYS,
    advice=(
        "Esta tabla se vería distinta en otros programas: ponga «| --- |» bajo los encabezados, tantas celdas en cada "
        "fila como en ellos, y una línea en blanco antes y después."
    ),
)
_INDENTED = Cure(
    code=Code.READ_IN_TWO_WAYS,
    advice="La sangría cambia lo que esta línea es según el programa: empiécela al borde, sin espacios.",
)
COMMENT = Cure(
    code=Code.READ_IN_TWO_WAYS,
    advice=(
        "Este comentario cambia cómo se lee lo que lo rodea: escríbalo solo, entre dos líneas en blanco, fuera de "
        "listas y de código."
    ),
)
_OTHER = Cure(
    code=Code.READ_IN_TWO_WAYS,
    advice=(
        "Otros programas leerían este texto de otro modo: escríbalo más sencillo, con una línea en blanco antes y "
        "otra después."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A line with what stands above it."""

    line: str
    before: str
    lines: Sequence[str]
    """Every line down to this one."""

    @property
    def in_list(self) -> bool:
        return any(_ITEM.match(line) for line in self.lines[:-1])

    def is_near(self, mark: re.Pattern[str]) -> bool:
        return any(map(mark.match, self.lines[-_NEAR:]))

    def is_joined(self) -> bool:
        """Whether the line begins something of its own right under a text."""
        begins = any(map(self.line_is, (_ITEM, _HEADING, _QUOTE, _RULE)))
        is_text = self.before.strip() and not _ITEM.match(self.before) and self.before[0] not in " #>|"
        return bool(begins and is_text)

    def line_is(self, mark: re.Pattern[str]) -> bool:
        return mark.match(self.line) is not None

    def is_fence(self) -> bool:
        """Whether the line is a fence or stands in one that is open."""
        fences = sum(bool(_FENCE.match(line.lstrip(" >-*+0123456789.)"))) for line in self.lines)
        return bool(_FENCE.search(self.line)) or fences % 2 == 1


def cure_for(lines: Sequence[str], index: int) -> Cure:
    """Return the cure for the line at an index, seen among the lines of its text."""
    seen = _Seen(line=lines[index], before=lines[index - 1] if index else "", lines=lines[: index + 1])
    cure = next((cure for cure, applies in _STRUCTURE if applies(seen)), None)
    if cure is None:
        nearby = (seen.line, seen.before)
        cure = next((each for each, mark in _INLINE if any(map(mark.search, nearby))), _OTHER)
    return _named(cure, seen.line)


def _named(cure: Cure, line: str) -> Cure:
    found = _TAG.search(line) if cure is _HTML else None
    return cure if found is None else Cure(code=cure.code, advice=cure.advice.replace("{tag}", found[0]))


_STRUCTURE: tuple[tuple[Cure, Callable[[_Seen], bool]], ...] = (
    (_HTML, lambda seen: _TAG.search(_ADDRESS.sub("", seen.line)) is not None),
    (_TAB, lambda seen: "\t" in seen.line or "\t" in seen.before),
    (_CODE_FENCE, _Seen.is_fence),
    (_BRACES, lambda seen: seen.line_is(_ENDS_IN_BRACES)),
    (_NESTED, lambda seen: seen.in_list and seen.line.startswith(" ")),
    (_UNDERLINED, lambda seen: seen.line_is(_UNDERLINE) and bool(seen.before.strip())),
    (_GLUED, _Seen.is_joined),
    (_RULED, lambda seen: seen.line_is(_RULE)),
    (_NESTED, lambda seen: seen.is_near(_ITEM)),
    (_TITLE, lambda seen: seen.line_is(_HEADING)),
    (_QUOTED, lambda seen: seen.is_near(_QUOTE)),
    (_INDENTED, lambda seen: seen.line.startswith("  ")),
)
_INLINE: tuple[tuple[Cure, re.Pattern[str]], ...] = (
    (_BARE_ADDRESS, _ADDRESS),
    (_CODED, re.compile(r"`")),
    (_LINKED, _LINK),
    (_BACKSLASH, re.compile(r"\\")),
    (_STRESS, re.compile(r"[*_]")),
    (_ENTITY, re.compile(r"&#?\w+;")),
    (_BRACES, re.compile(r"\{[^{}]*\}")),
    (_CELLS, _TABLE),
    (_BARE_ADDRESS, re.compile(r"<")),
    (_INDENTED, re.compile(r"^ ")),
)
