r"""Read GIFT as Moodle does (qformat_gift of Moodle 4 and 5), and say what Moodle would pass over in silence.

A blank line ends a question; ``\~ \= \# \{ \} \: \n \\`` are escapes; ``%50%`` weighs an answer, ``#`` gives it
feedback and ``####`` explains the question; ``[html]``, ``[markdown]``, ``[moodle]`` and ``[plain]`` say how a text
is written.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import Final

from lms.assessments.exchange.amounts import digits, number, one_tolerance, share
from lms.assessments.exchange.asked import Answer, Asked, Losses, Pair, Reading, Unreadable
from lms.assessments.exchange.bank_text import FALSE, TRUE
from lms.assessments.exchange.finishing import finished
from lms.assessments.exchange.labels import labels_from
from lms.assessments.exchange.markup import from_html, from_moodle, from_plain, inline_from_html, text_of
from lms.assessments.exchange.plain import cleaned, one_line
from lms.assessments.exchange.received import read_text
from lms.assessments.exchange.weights import Weighed, accepted, as_choice
from lms.core.i18n import _l

_ESCAPE: Final = re.compile(r"\\([\\:#={}~n])")
_HELD: Final = {
    "\\": "\ue010",
    ":": "\ue011",
    "#": "\ue012",
    "=": "\ue013",
    "{": "\ue014",
    "}": "\ue015",
    "~": "\ue016",
    "n": "\ue017",
}
_BACK: Final = str.maketrans({held: "\n" if mark == "n" else mark for mark, held in _HELD.items()})
_PRIVATE: Final = re.compile(r"[\ue000-\uf8ff]")
_WEIGHT: Final = re.compile(r"%([^%]{0,12})%")
_FORMAT: Final = re.compile(r"\[(\w+)\]")
_FORMATS: Final = frozenset({"html", "markdown", "moodle", "plain"})
_TRUE: Final = frozenset({"T", "TRUE"})
_TRUTHS: Final = _TRUE | {"F", "FALSE"}
_META: Final = re.compile(r"\[(id|tag):((?:[^\]\\]|\\.)*)\]")
_DIRECTIVE: Final = re.compile(r"\$([A-Za-z]*)\s*:")
_BLANK: Final = "_____"
_MOST_BLANKS: Final = 60
"""Blank lines inside the answers of one question."""
_ALL, _NOTHING = Fraction(1), Fraction(0)


@dataclass(slots=True)
class _Chunk:
    """The lines between two blank ones."""

    line: int
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Its comments."""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def read_gift(content: bytes) -> Reading:
    """Return the questions of a GIFT file."""
    losses = Losses()
    text = _PRIVATE.sub("", read_text(content, losses))
    early, reader = losses.found, _Gift(losses)
    reading = finished((partial(reader.read, chunk) for chunk in _mended(_chunks(text))), losses)
    return Reading(items=reading.items, losses=(*early, *reading.losses))


def _chunks(text: str) -> Iterator[_Chunk]:
    chunk = _Chunk(0)
    for number_, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if line.startswith("//"):
            chunk.notes.append(line)
        elif line:
            chunk.line = chunk.line or number_
            chunk.lines.append(_ESCAPE.sub(lambda found: _HELD[found[1]], line) if "\\" in line else line)
            if line.startswith("$") and len(chunk.lines) == 1:
                yield chunk
                chunk = _Chunk(0)
        elif chunk.lines:
            yield chunk
            chunk = _Chunk(0)
    if chunk.lines:
        yield chunk


def _mended(chunks: Iterator[_Chunk]) -> Iterator[_Chunk]:
    """Join a question whose answers hold blank lines, which Moodle would refuse."""
    found, at = list(chunks), 0
    while at < len(found):
        chunk, at = found[at], at + 1
        end = _closing(found, at) if _is_open(chunk.text) else at
        chunk.lines += (line for each in found[at:end] for line in each.lines)
        at = end
        yield chunk


def _is_open(text: str) -> bool:
    return "{" in text and "}" not in text.partition("{")[2] and not text.startswith("$")


def _closing(chunks: Sequence[_Chunk], at: int) -> int:
    """Return the place after the chunk that closes what is open before `at`; `at` itself when none does."""
    for end in range(at, min(at + _MOST_BLANKS, len(chunks))):
        text = chunks[end].text
        closes, opens = text.find("}"), text.find("{")
        if closes >= 0 and (opens < 0 or closes < opens):
            return end + 1
        if opens >= 0:
            break
    return at


def _plain(text: str) -> str:
    """Return a text with its escapes undone."""
    return (text.translate(_BACK) if _PRIVATE.search(text) else text).strip()


class _Gift:
    """Reads one question after another; the category holds until the next one."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._category = ""
        self._format = "moodle"

    def read(self, chunk: _Chunk) -> Asked | None:
        """Return the question of a chunk, None for what is none."""
        self._losses.line = chunk.line
        text = chunk.text
        if text.startswith("$"):
            self._directive(text)
            return None
        name, text = self._name(text)
        known, tags = _meta(chunk.notes)
        stem, answers, has_answers = _parted(text)
        if not has_answers:
            self._losses.note(
                _plain(stem), _l("Es una descripción y no pregunta nada: páselo al texto del cuestionario.")
            )
            return None
        written, _mark, explanation = _last(answers, "####")
        self._format = "moodle"
        shown = self._text(stem, is_stem=True)
        ask = partial(
            Asked,
            id=known or name,
            stem=shown,
            line=chunk.line,
            explanation=self._text(explanation),
            labels=labels_from([*tags, *([self._category] if self._category else [])]),
        )
        return self._asked(written.strip(), ask)

    def _directive(self, text: str) -> None:
        found = _DIRECTIVE.match(text)
        if found and found[1].upper() == "CATEGORY":
            path = re.sub(
                r"^\$(?:course|system|module|cat\w*)\$/(?:top/?)?",
                "",
                _plain(text[found.end() :]),
                flags=re.IGNORECASE,
            )
            self._category = text_of(path.replace("//", "/").rstrip("/").rpartition("/")[2])
            return
        self._losses.note(text, _l("No se conoce esta orden de GIFT: se pasó por alto."))

    def _name(self, text: str) -> tuple[str, str]:
        if not text.startswith("::"):
            return "", text
        name, mark, rest = text[2:].partition("::")
        if not mark:
            self._losses.note(text, _l("El título empieza con «::» y no termina: se leyó como enunciado."))
            return "", text[2:]
        return text_of(_plain(name)), rest.strip()

    def _text(self, text: str, *, is_stem: bool = False, inline: bool = False) -> str:
        """Return the Markdown of a text, in the format that it names or in that of the stem."""
        text = text.strip()
        if not text:
            return ""
        form, found = self._format, _FORMAT.match(text) if text[0] == "[" else None
        if found and found[1].lower() in _FORMATS:
            form, text = found[1].lower(), text[found.end() :]
        if is_stem:
            self._format = form
        words = _plain(text)
        if form == "markdown":
            return one_line(cleaned(words)) if inline else cleaned(words)
        if form == "plain":
            return one_line(from_plain(words)) if inline else from_plain(words)
        if inline:
            return inline_from_html(words, self._losses)
        return (from_html if form == "html" else from_moodle)(words, self._losses)

    def _asked(self, written: str, ask: Callable[..., Asked]) -> Asked:
        if not written:
            return ask(kind="essay")
        if written.startswith("#"):
            return self._numeric(written[1:], ask)
        if "~" in written:
            return self._choice(written, ask)
        if "=" in written and "->" in written:
            return self._matching(written, ask)
        if written.partition("#")[0].strip().upper() in _TRUTHS:
            return self._truth(written, ask)
        return self._short(written, ask)

    def _choice(self, written: str, ask: Callable[..., Asked]) -> Asked:
        pieces = _pieces(written.replace("=", "~="), "~")
        options = [
            self._option(each.removeprefix("="), _ALL if each.startswith("=") else _NOTHING)
            for each in pieces
        ]
        kind, shares, answers = as_choice(options, is_single="=" in written, losses=self._losses)
        return ask(kind=kind, partial=shares, answers=answers)

    def _option(self, written: str, weight: Fraction, *, is_plain: bool = False) -> Weighed:
        weight, written = self._weight(written.strip(), weight)
        text, _mark, feedback = written.partition("#")
        words = one_line(text_of(_unformatted(_plain(text)))) if is_plain else self._text(text, inline=True)
        return Weighed(text=words, weight=weight, feedback=self._text(feedback))

    def _weight(self, written: str, weight: Fraction) -> tuple[Fraction, str]:
        found = _WEIGHT.match(written)
        if not found:
            return weight, written
        if number(found[1]) is None:
            self._losses.note(written, _l("«%(weight)s» no es un peso: se leyó como texto.", weight=found[0]))
            return weight, written
        return share(found[1]), written[found.end() :].lstrip()

    def _matching(self, written: str, ask: Callable[..., Asked]) -> Asked:
        pairs = []
        for each in _pieces(written, "="):
            left, mark, right = each.partition("->")
            if not mark:
                raise Unreadable(_l("Una de sus parejas no tiene «->»."))
            pairs.append(Pair(left=self._text(left, inline=True), right=self._text(right, inline=True)))
        return ask(kind="matching", partial="acierto", pairs=tuple(pairs))

    def _truth(self, written: str, ask: Callable[..., Asked]) -> Asked:
        word, *feedback = (each.strip() for each in written.split("#", 2))
        wrong, right = (self._text(each) for each in [*feedback, "", ""][:2])
        is_true = word.upper() in _TRUE
        answers = (
            Answer(text=TRUE, is_right=is_true, feedback=right if is_true else wrong),
            Answer(text=FALSE, is_right=not is_true, feedback=wrong if is_true else right),
        )
        return ask(kind="true-false", answers=answers)

    def _short(self, written: str, ask: Callable[..., Asked]) -> Asked:
        options = []
        for each in _pieces(written, "="):
            option = self._option(each, Fraction(1), is_plain=True)
            if option.text == "*":
                self._losses.note(
                    each, _l("«*» es cualquier otra respuesta, y aquí no tiene retroalimentación propia.")
                )
                continue
            if "*" in option.text:
                self._losses.note(
                    each, _l("El comodín «*» no existe aquí: escriba cada forma que se acepta.")
                )
            options.append(option)
        return ask(kind="short", answers=accepted(options, self._losses))

    def _numeric(self, written: str, ask: Callable[..., Asked]) -> Asked:
        written, mark, other = written.partition("~")
        if mark:
            self._losses.note(
                other, _l("Un número no tiene retroalimentación para cualquier otra respuesta.")
            )
        options, tolerances = [], []
        for each in _pieces(written, "="):
            option = self._option(each, Fraction(1), is_plain=True)
            if option.text == "*":
                self._losses.note(
                    each, _l("«*» es cualquier otra respuesta, y aquí no tiene retroalimentación propia.")
                )
                continue
            middle, tolerance = _amount(option.text)
            options.append(Weighed(text=digits(middle), weight=option.weight, feedback=option.feedback))
            tolerances += [tolerance] if option.weight > 0 else []
        answers = accepted(options, self._losses)
        return ask(kind="numeric", answers=answers, tolerance=one_tolerance(tolerances, self._losses))


def _parted(text: str) -> tuple[str, str, bool]:
    """Return the stem, the inside of the braces, and whether there are any; a text goes on after them with a gap."""
    opens, closes = text.find("{"), text.find("}")
    if opens < 0 and closes < 0:
        return text, "", False
    if opens < 0 or closes < opens:
        raise Unreadable(
            _l("Le falta una llave: las respuestas van entre { y }. Dentro de un texto escriba \\{ y \\}.")
        )
    after = text[closes + 1 :].strip()
    if "{" in after or "}" in after:
        raise Unreadable(
            _l("Tiene más de un par de llaves: GIFT admite un hueco. Dentro de un texto escriba \\{ y \\}.")
        )
    gap = _BLANK if after else ""
    return (
        f"{text[:opens].rstrip()} {gap} {after}".strip() if after else text[:opens],
        text[opens + 1 : closes],
        True,
    )


def _last(text: str, mark: str) -> tuple[str, str, str]:
    before, found, after = text.rpartition(mark)
    return (before, found, after) if found else (text, "", "")


def _pieces(text: str, mark: str) -> list[str]:
    """Return what stands after each mark; an empty piece before the first one is nobody's."""
    first, *rest = (each.strip() for each in text.split(mark))
    return [first, *rest] if first else rest


def _unformatted(text: str) -> str:
    found = _FORMAT.match(text)
    return text[found.end() :] if found and found[1].lower() in _FORMATS else text


def _amount(text: str) -> tuple[Fraction, Fraction]:
    """Return a number and its tolerance, from «min..max», «number:tolerance» or a number alone."""
    low, has_range, high = text.partition("..")
    if has_range:
        least, most = number(low), number(high)
        if least is None or most is None:
            raise Unreadable(_l("«%(text)s» no es un intervalo como 1..5.", text=text))
        return (least + most) / 2, abs(most - least) / 2
    value, _mark, margin = text.partition(":")
    found, tolerance = number(value), number(margin) if margin else Fraction(0)
    if found is None or tolerance is None:
        raise Unreadable(_l("«%(text)s» no es un número como 3 o 3:0.5.", text=text))
    return found, abs(tolerance)


def _meta(notes: Sequence[str]) -> tuple[str, list[str]]:
    """Return the id and the tags that comments before a question give it, as Moodle writes them."""
    known, tags = "", list[str]()
    for note in notes:
        for kind, value in _META.findall(note):
            words = value.replace("\\]", "]").strip()
            known, tags = (words, tags) if kind == "id" else (known, [*tags, words])
    return known, tags
