"""Write the XML of Moodle: texts in Markdown, which Moodle reads, with their pictures inside."""

import base64
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from lxml import etree

from lms.assessments.exchange.amounts import digits, number
from lms.assessments.exchange.asked import HITS, Answer, Asked, Loss, Losses, Writing
from lms.assessments.exchange.embedded import GAP, gap_of
from lms.assessments.exchange.labels import tags_from
from lms.assessments.exchange.leaving import PICTURE, PictureOf, margins, taken
from lms.assessments.exchange.weights import note_shares, shares
from lms.assessments.exchange.xml_tree import Element, fit
from lms.core.i18n import _l
from lms.courses.compiler.question_kinds import QuestionKind

_TYPES: Final[Mapping[QuestionKind, str]] = MappingProxyType(
    {
        "single": "multichoice", "multiple": "multichoice", "true-false": "truefalse", "short": "shortanswer",
        "numeric": "numerical", "matching": "matching", "ordering": "ordering", "cloze": "cloze", "essay": "essay",
    }
)  # fmt: skip
_ESCAPED: Final = str.maketrans({mark: f"\\{mark}" for mark in '}#~/"\\'})
_FULL: Final = "100"


def write_moodle(questions: Iterable[Asked], pictures: PictureOf) -> Writing:
    """Return a Moodle XML file, and what it cannot hold."""
    losses = Losses()
    lost: list[Loss] = []
    root = etree.Element("quiz")

    def write(asked: Asked, losses: Losses) -> Element:
        return _Question(asked, losses, pictures).element()

    for element in taken(questions, write, losses, lost):
        root.append(element)
    etree.indent(root)
    content = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return Writing(content=content, ending="xml", media_type="application/xml", losses=tuple(lost))


class _Question:
    """Writes one question."""

    def __init__(self, asked: Asked, losses: Losses, pictures: PictureOf) -> None:
        self._asked, self._losses, self._pictures = asked, losses, pictures
        self._root = etree.Element("question", type=_TYPES[asked.kind])

    def element(self) -> Element:
        """Return the question."""
        asked = self._asked
        self._text(self._root, "name", asked.id)
        stem = asked.stem if asked.kind != "cloze" else f"{asked.stem}\n\n{self._with_gaps(asked.body)}"
        self._markdown(self._root, "questiontext", stem)
        self._markdown(self._root, "generalfeedback", asked.explanation)
        self._plain(self._root, "defaultgrade", "1")
        self._plain(self._root, "penalty", "0")
        self._plain(self._root, "hidden", "0")
        self._plain(self._root, "idnumber", asked.id)
        make = _MAKERS.get(asked.kind)
        if make is not None:
            make(self)
        tags = list(tags_from(asked.labels))
        if tags:
            parent = etree.SubElement(self._root, "tags")
            for tag in tags:
                self._text(parent, "tag", tag)
        return self._root

    def _plain(self, parent: Element, name: str, words: str) -> None:
        etree.SubElement(parent, name).text = fit(words)

    def _text(self, parent: Element, name: str, words: str) -> Element:
        made = etree.SubElement(parent, name)
        self._plain(made, "text", words)
        return made

    def _markdown(self, parent: Element, name: str, words: str) -> Element:
        made = etree.SubElement(parent, name, format="markdown")
        return self._filled(made, words)

    def _filled(self, made: Element, words: str) -> Element:
        """Put a text with its pictures into an element."""
        files: dict[str, bytes] = {}
        for found in PICTURE.finditer(words) if "![" in words else ():
            content = self._pictures(found[2])
            if content is None:
                self._losses.note(found[0], _l("La imagen va por su dirección y no dentro del archivo."))
                continue
            name = PurePosixPath(found[2]).name
            files[name] = content
            words = words.replace(found[2], f"@@PLUGINFILE@@/{name}")
        words = fit(words)
        etree.SubElement(made, "text").text = etree.CDATA(words) if words and "]]>" not in words else words
        for name, content in files.items():
            file = etree.SubElement(made, "file", name=name, path="/", encoding="base64")
            file.text = base64.b64encode(content).decode()
        return made

    def _answer(self, answer: Answer, fraction: str, *, is_plain: bool = False) -> Element:
        made = etree.SubElement(
            self._root, "answer", fraction=fraction, format="moodle_auto_format" if is_plain else "markdown"
        )
        if is_plain:
            self._plain(made, "text", answer.text)
        else:
            self._filled(made, answer.text)
        self._markdown(made, "feedback", answer.feedback)
        return made

    def choice(self) -> None:
        """Write options."""
        asked = self._asked
        is_single = asked.kind == "single"
        if asked.kind == "multiple" and not asked.partial:
            self._losses.note(
                asked.stem,
                _l("Moodle no califica todo o nada: cada acierto suma y un error anula la pregunta."),
            )
        self._plain(self._root, "single", "true" if is_single else "false")
        self._plain(self._root, "shuffleanswers", "true")
        self._plain(self._root, "answernumbering", "abc")
        note_shares(asked, self._losses)
        weights = [Fraction(answer.is_right) for answer in asked.answers] if is_single else shares(asked)
        for answer, weight in zip(asked.answers, weights, strict=True):
            self._answer(answer, f"{round(float(100 * weight), 5):g}")

    def truth(self) -> None:
        """Write true and false."""
        for answer, word in zip(self._asked.answers, ("true", "false"), strict=False):
            plain = Answer(text=word, feedback=answer.feedback)
            self._answer(plain, _FULL if answer.is_right else "0", is_plain=True)

    def short(self) -> None:
        """Write accepted answers and known mistakes."""
        asked = self._asked
        if asked.typos or set(asked.demands.split()) - {"mayusculas"}:
            self._losses.note(
                asked.stem,
                _l("Moodle no dice qué tildes, espacios o erratas se perdonan: solo las mayúsculas."),
            )
        self._plain(self._root, "usecase", str(int("mayusculas" in asked.demands)))
        for answer in asked.answers:
            self._answer(answer, _FULL if answer.is_right else "0", is_plain=True)

    def numeric(self) -> None:
        """Write numbers with tolerance and units."""
        asked = self._asked
        for answer, margin in margins(asked, self._losses):
            self._plain(
                self._answer(answer, _FULL if answer.is_right else "0", is_plain=True),
                "tolerance",
                margin or "0",
            )
        units = [each.partition("=") for each in asked.units.split(";") if each.strip()]
        parent = etree.SubElement(self._root, "units") if units else None
        for names, _mark, worth in units:
            factor = number(worth) or Fraction(1)
            for name in names.split(","):
                unit = etree.SubElement(parent, "unit")
                self._plain(unit, "multiplier", digits(1 / factor))
                self._plain(unit, "unit_name", name.strip())

    def matching(self) -> None:
        """Write pairs; a right side alone is there to mislead."""
        if self._asked.partial != HITS:
            self._losses.note(
                self._asked.stem, _l("Moodle suma cada pareja acertada: no puede ser todo o nada ni restar.")
            )
        for pair in self._asked.pairs:
            if pair.feedback:
                self._losses.note(pair.feedback, _l("Una pareja no lleva retroalimentación en este formato."))
            self._text(self._markdown(self._root, "subquestion", pair.left), "answer", pair.right)

    def ordering(self) -> None:
        """Write steps in their order."""
        if self._asked.partial != HITS:
            self._losses.note(
                self._asked.stem, _l("Moodle califica cada paso en su lugar: no puede ser todo o nada.")
            )
        for name, value in (
            ("layouttype", "VERTICAL"),
            ("selecttype", "ALL"),
            ("gradingtype", "ABSOLUTE_POSITION"),
        ):
            self._plain(self._root, name, value)
        for place, step in enumerate(self._asked.steps, 1):
            self._answer(Answer(text=step), str(place))

    def essay(self) -> None:
        """Write how an essay is answered."""
        if self._asked.rubric:
            self._losses.note(self._asked.rubric, _l("La rúbrica no sale: este formato no la tiene."))
        self._plain(self._root, "responseformat", "editor")

    def _with_gaps(self, body: str) -> str:
        if self._asked.demands or self._asked.typos:
            self._losses.note(
                self._asked.stem,
                _l("Moodle no dice qué tildes, mayúsculas o erratas se perdonan en un hueco."),
            )
        if self._asked.partial != HITS:
            self._losses.note(
                self._asked.stem, _l("Moodle suma cada hueco acertado: no puede ser todo o nada ni restar.")
            )

        def write(inside: str) -> str:
            is_chosen, texts = gap_of(inside)
            answers = "~".join(
                f"{'=' if is_right else ''}{text.translate(_ESCAPED)}" for text, is_right in texts
            )
            return f"{{1:{'MULTICHOICE' if is_chosen else 'SHORTANSWER'}:{answers}}}"

        return GAP.sub(lambda found: write(found[1]), body)


_MAKERS: Final[Mapping[QuestionKind, Callable[[_Question], None]]] = MappingProxyType(
    {
        "single": _Question.choice, "multiple": _Question.choice, "true-false": _Question.truth,
        "short": _Question.short, "numeric": _Question.numeric, "matching": _Question.matching,
        "ordering": _Question.ordering, "essay": _Question.essay,
    }
)  # fmt: skip
