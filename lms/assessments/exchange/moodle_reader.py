"""Read the XML of Moodle (qformat_xml of Moodle 4 and 5): questions with their files, category after category."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from lms.assessments.exchange.amounts import digits, number, one_tolerance, share
from lms.assessments.exchange.asked import Answer, Asked, Losses, Pair, Reading, Unreadable
from lms.assessments.exchange.bank_text import FALSE, TRUE
from lms.assessments.exchange.carried_pictures import Pictures
from lms.assessments.exchange.embedded import Marked, gaps_from_cloze, gaps_from_groups, mark, parted
from lms.assessments.exchange.finishing import finished
from lms.assessments.exchange.labels import labels_from
from lms.assessments.exchange.markup import from_html, from_moodle, from_plain, inline_from_html, text_of
from lms.assessments.exchange.plain import cleaned, one_line
from lms.assessments.exchange.weights import Weighed, accepted, as_choice
from lms.assessments.exchange.xml_tree import Element, all_of, children_of, first_of, parse_xml, text_in
from lms.core.i18n import _l

_PLUGIN_FILE: Final = "@@PLUGINFILE@@/"
_MOODLE_SAYS: Final = frozenset(
    {
        "your answer is correct.", "your answer is partially correct.", "your answer is incorrect.",
        "respuesta correcta", "respuesta parcialmente correcta.", "respuesta incorrecta.",
        "su respuesta es correcta.", "su respuesta es parcialmente correcta.", "su respuesta es incorrecta.",
    }
)  # fmt: skip
"""What Moodle itself writes as general feedback of every question."""


def read_moodle(content: bytes) -> Reading:
    """Return the questions of a Moodle XML file, with the pictures inside it."""
    losses = Losses()
    root = parse_xml(content, losses)
    early = losses.found
    if root is None:
        return Reading(losses=tuple(early))
    reader = _Moodle(losses)
    reading = finished((partial(reader.read, each) for each in all_of(root, "question")), losses)
    if not reading.items and not reading.losses and not early:
        losses.note("", _l("El archivo no trae preguntas de Moodle."), 0)
        early = losses.found
    return Reading(
        items=reading.items,
        losses=(*early, *reading.losses, *reader.general()),
        pictures=reader.pictures.kept,
    )


class _Moodle:
    """Reads one question after another; the category holds until the next one."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self.pictures = Pictures(losses)
        self._category = ""
        self._penalties = 0

    def general(self) -> Iterator[Any]:
        """Yield what every question of the file loses alike."""
        if self._penalties:
            self._losses.found = []
            self._losses.note(
                "",
                _l(
                    "%(count)s preguntas restan por cada intento fallido: aquí una respuesta se da una vez.",
                    count=self._penalties,
                ),
                0,
            )
            yield from self._losses.found

    def read(self, question: Element) -> Asked | None:
        """Return a question, None for what is none."""
        self._losses.line = question.sourceline or 0
        kind = question.get("type", "")
        if kind == "category":
            path = text_in(first_of(question, "text")).replace("//", "/").rstrip("/")
            self._category = (
                path.rpartition("/")[2] if path.rpartition("/")[2] not in {"top", "$course$"} else ""
            )
            return None
        if kind == "description":
            raise Unreadable(_l("Es una descripción y no pregunta nada: páselo al texto del cuestionario."))
        make = _KINDS.get(kind)
        if make is None:
            raise Unreadable(_l("El tipo «%(kind)s» no existe aquí.", kind=kind[:40]))
        tags = [text_in(each) for each in all_of(question, "tag")]
        asked = make(self, question, self._ask(question))
        self._note_rest(question)
        labels = labels_from([*tags, *([self._category] if self._category else [])])
        return replace(asked, explanation=self.text(_child(question, "generalfeedback")), labels=labels)

    def _ask(self, question: Element) -> Callable[..., Asked]:
        known = text_in(_child(question, "idnumber")).strip()
        name = text_of(text_in(_child(question, "name"))).strip()
        stem = self.text(_child(question, "questiontext"))
        return partial(Asked, id=known or name, stem=stem, line=question.sourceline or 0)

    def text(self, element: Element | None, *, inline: bool = False) -> str:
        """Return the Markdown of an element with a text, its format and its files."""
        if element is None:
            return ""
        words = cleaned(
            text_in(_child(element, "text")) if _child(element, "text") is not None else element.text or ""
        )
        if not words.strip():
            return ""
        form = element.get("format", "html" if inline or "<" in words else "moodle_auto_format")
        files = {each.get("name", ""): each for each in children_of(element, "file")}
        picture = partial(self._picture, files)
        if form == "markdown":
            made = self._with_files(words.strip(), files)
            return one_line(made) if inline else made
        if form == "plain_text":
            return one_line(from_plain(words)) if inline else from_plain(words)
        if inline:
            return inline_from_html(words, self._losses, picture)
        return (from_html if form == "html" else from_moodle)(words, self._losses, picture)

    def _picture(self, files: Mapping[str, Element], address: str) -> str:
        name = address.partition("?")[0].removeprefix(_PLUGIN_FILE)
        found = files.get(name)
        if found is None or not address.startswith(_PLUGIN_FILE):
            return ""
        return self.pictures.keep_base64(name, found.text or "")

    def _with_files(self, words: str, files: Mapping[str, Element]) -> str:
        for name in files:
            address = self._picture(files, f"{_PLUGIN_FILE}{name}")
            words = words.replace(f"{_PLUGIN_FILE}{name}", address or name)
        return words

    def answers(self, question: Element, *, is_plain: bool = False) -> list[Weighed]:
        """Return the answers of a question with their weights."""
        return [
            Weighed(
                text=one_line(text_of(text_in(_child(each, "text"))))
                if is_plain
                else self.text(each, inline=True),
                weight=share(each.get("fraction", "0")),
                feedback=self.text(_child(each, "feedback")),
            )
            for each in children_of(question, "answer")
        ]

    def choice(self, question: Element, ask: Callable[..., Asked]) -> Asked:
        is_single = _is_true(question, "single", default=True)
        kind, credit, answers = as_choice(self.answers(question), is_single=is_single, losses=self._losses)
        return ask(kind=kind, partial=credit, answers=answers)

    def truth(self, question: Element, ask: Callable[..., Asked]) -> Asked:
        found = {each.text.lower(): each for each in self.answers(question, is_plain=True)}
        if set(found) != {"true", "false"}:
            raise Unreadable(_l("Una pregunta de verdadero o falso debe traer las dos respuestas."))
        return ask(
            kind="true-false",
            answers=tuple(
                Answer(text=word, is_right=found[key].weight > 0, feedback=found[key].feedback)
                for key, word in (("true", TRUE), ("false", FALSE))
            ),
        )

    def short(self, question: Element, ask: Callable[..., Asked]) -> Asked:
        options = []
        for option in self.answers(question, is_plain=True):
            if option.text == "*":
                self._losses.note(
                    option.feedback or "*",
                    _l("«*» es cualquier otra respuesta, y aquí no tiene retroalimentación propia."),
                )
                continue
            if "*" in option.text:
                self._losses.note(
                    option.text, _l("El comodín «*» no existe aquí: escriba cada forma que se acepta.")
                )
            options.append(option)
        demands = "mayusculas" if _is_true(question, "usecase", default=False) else ""
        return ask(kind="short", answers=accepted(options, self._losses), demands=demands)

    def numeric(self, question: Element, ask: Callable[..., Asked]) -> Asked:
        options, tolerances = [], []
        for option, element in zip(
            self.answers(question, is_plain=True), children_of(question, "answer"), strict=True
        ):
            value = number(option.text)
            if value is None:
                self._losses.note(option.text, _l("No es un número: no entra esta respuesta."))
                continue
            options.append(replace(option, text=digits(value)))
            tolerances += (
                [abs(number(text_in(_child(element, "tolerance"))) or Fraction(0))]
                if option.weight > 0
                else []
            )
        return ask(
            kind="numeric",
            answers=accepted(options, self._losses),
            tolerance=one_tolerance(tolerances, self._losses),
            units=self._units(question),
        )

    def _units(self, question: Element) -> str:
        """Return the units as a bank writes them; Moodle says by how much the first is worth, we what each is worth."""
        found = []
        for unit in all_of(question, "unit"):
            name, factor = (
                text_in(_child(unit, "unit_name")).strip(),
                number(text_in(_child(unit, "multiplier"))),
            )
            if name and factor and factor > 0:
                found.append((name, 1 / factor))
        bases = [name for name, factor in found if factor == 1]
        others = [
            f"{name} = {digits(factor)}" for name, factor in found if factor != 1 and digits(factor) != "0"
        ]
        if found and not bases:
            self._losses.note(
                ", ".join(name for name, _factor in found), _l("Ninguna de sus unidades vale uno: no entran.")
            )
            return ""
        return "; ".join([", ".join(dict.fromkeys(bases)), *others]) if bases else ""

    def matching(self, question: Element, ask: Callable[..., Asked]) -> Asked:
        pairs = tuple(
            Pair(
                left=self.text(each, inline=True),
                right=one_line(from_plain(text_of(text_in(_child(each, "answer"))))),
            )
            for each in children_of(question, "subquestion")
        )
        return ask(
            kind="matching", partial="acierto", pairs=tuple(pair for pair in pairs if pair.left or pair.right)
        )

    def essay(self, question: Element, ask: Callable[..., Asked]) -> Asked:
        for name, why in (
            ("graderinfo", _l("La nota para quien califica no entra: escríbala en la rúbrica.")),
            ("responsetemplate", _l("El texto con que empieza la respuesta no entra.")),
        ):
            words = text_of(text_in(_child(question, name))).strip()
            if words:
                self._losses.note(words, why)
        if text_in(_child(question, "responseformat")).strip() == "noinline":
            self._losses.note(
                "responseformat", _l("Se respondía con un archivo: aquí se responde con un texto.")
            )
        return ask(kind="essay")

    def ordering(self, question: Element, ask: Callable[..., Asked]) -> Asked:
        found = children_of(question, "answer")
        ranked = sorted(
            enumerate(found), key=lambda each: (number(each[1].get("fraction", "")) or each[0] + 1, each[0])
        )
        return ask(
            kind="ordering",
            partial="acierto",
            steps=tuple(self.text(each, inline=True) for _at, each in ranked),
        )

    def cloze(self, question: Element, ask: Callable[..., Asked]) -> Asked:
        marked = gaps_from_cloze(text_in(_child(_child(question, "questiontext"), "text")), self._losses)
        return self._with_gaps(question, ask(kind="cloze"), marked)

    def grouped(self, question: Element, ask: Callable[..., Asked]) -> Asked:
        choices = [
            (text_of(text_in(_child(each, "text"))).strip(), text_in(_child(each, "group")).strip())
            for each in all_of(question, "selectoption", "dragbox")
        ]
        marked = gaps_from_groups(text_in(_child(_child(question, "questiontext"), "text")), choices)
        return self._with_gaps(question, ask(kind="cloze"), marked)

    def _with_gaps(self, question: Element, asked: Asked, marked: Marked) -> Asked:
        """Return a text whose gaps are in their places; what stands before the paragraph of the first is the stem."""
        words, gaps = marked
        element = _child(question, "questiontext")
        if element is None:
            raise Unreadable(_l("La pregunta no tiene enunciado."))
        files = {each.get("name", ""): each for each in children_of(element, "file")}
        is_markdown = element.get("format") == "markdown"
        picture = partial(self._picture, files)
        made = self._with_files(cleaned(words), files) if is_markdown else from_html(words, Losses(), picture)
        stem, body = parted(made)
        for index, gap in enumerate(gaps):
            body = body.replace(mark(index), gap, 1)
        return replace(asked, stem=stem, body=body, partial="acierto")

    def _note_rest(self, question: Element) -> None:
        self._penalties += bool(number(text_in(_child(question, "penalty"))))
        grade = number(text_in(_child(question, "defaultgrade")) or "1")
        if grade is not None and grade != 1:
            self._losses.note(f"defaultgrade {digits(grade)}", _l("Aquí cada pregunta vale un punto."))
        for each in children_of(question, "hint"):
            self._losses.note(
                text_of(text_in(each)), _l("Una pista no existe aquí: pásela a la retroalimentación.")
            )
        for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
            words = one_line(text_of(text_in(_child(question, name))))
            if words and words.lower() not in _MOODLE_SAYS:
                self._losses.note(
                    words,
                    _l(
                        "La retroalimentación según el resultado no existe aquí: va en cada opción o en la explicación."
                    ),
                )


def _child(element: Element | None, name: str) -> Element | None:
    return next((each for each in element if each.tag == name), None) if element is not None else None


def _is_true(question: Element, name: str, *, default: bool) -> bool:
    words = text_in(_child(question, name)).strip().lower()
    return words in {"true", "1"} if words else default


_Make = Callable[[_Moodle, Element, Callable[..., Asked]], Asked]
_KINDS: Final[Mapping[str, _Make]] = MappingProxyType(
    {
        "multichoice": _Moodle.choice, "truefalse": _Moodle.truth, "shortanswer": _Moodle.short,
        "numerical": _Moodle.numeric, "matching": _Moodle.matching, "essay": _Moodle.essay,
        "ordering": _Moodle.ordering, "cloze": _Moodle.cloze, "gapselect": _Moodle.grouped, "ddwtos": _Moodle.grouped,
    }
)  # fmt: skip
