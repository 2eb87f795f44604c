"""Make questions out of question blocks: check them at their lines, then convert their texts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Option, Question
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.kinds.asking import Asking, Details, Planned, PlannedOption
from lms.courses.compiler.kinds.words import ATTRIBUTES, KINDS, PLANS
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.question_kinds import QuestionKind
from lms.courses.compiler.question_tags import tags_of, wrong_tags
from lms.courses.compiler.questions import KEYS, DraftQuestion, read_question
from lms.courses.compiler.sectors import SECTOR_SLUGS, sectors
from lms.courses.compiler.slugs import SLUG
from lms.plugins.blocks import Block

_LEVELS = ("R", "A", "J")
_BY_HIT = frozenset({"acierto", "hit"})
_IN_PARTS = frozenset({"si", "sí", "yes", "true", "partes", "parts"}) | _BY_HIT
_COUNTRY = re.compile(r"[A-Z]{2}")
_MINIMUM = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedQuestion:
    """A question whose texts are marks of the manuscript."""

    id: str
    line: int
    type: QuestionKind
    attributes: Mapping[str, str]
    stem: str
    options: tuple[PlannedOption, ...]
    explanation: str
    details: Details = field(default_factory=dict)

    def finished(self, manuscript: Manuscript) -> Question:
        """Return the question with its HTML, once the manuscript is converted."""
        sector = sectors("es").get(self.attributes.get("sector", ""))
        return Question(
            id=self.id,
            type=self.type,
            stem_html=manuscript.html(self.stem, has_terms=False),
            options=tuple(
                Option(
                    key=option.key or KEYS[index % len(KEYS)],
                    html=manuscript.html(option.text, has_terms=False),
                    is_right=option.is_right,
                    feedback_html=manuscript.html(option.feedback, has_terms=False),
                )
                for index, option in enumerate(self.options)
            ),
            explanation_html=manuscript.html(self.explanation, has_terms=False),
            source=self.attributes.get("source", ""),
            level=self.attributes.get("level", ""),
            sector=sector.id if sector else "",
            country=self.attributes.get("country", ""),
            **tags_of(self.attributes),
            partial=self.attributes.get("partial", "no") in _IN_PARTS,
            details=_with_html(self.details, manuscript),
        )


class QuestionBuilder:
    """Builds the questions of one page."""

    def __init__(
        self,
        manuscript: Manuscript,
        findings: Findings,
        *,
        in_quiz: bool,
        slug: str,
        is_survey: bool = False,
    ) -> None:
        """Build for a page; `slug` names the questions that have no id of their own.

        In a survey no option is right, and none needs feedback.
        """
        self._manuscript = manuscript
        self._findings = findings
        self._in_quiz = in_quiz
        self._slug = slug
        self._is_survey = is_survey
        self._count = 0

    def plan(self, block: Block) -> PlannedQuestion:
        """Check a question and hand its texts to the manuscript."""
        self._count += 1
        asking = Asking(block, self._manuscript, self._findings, self._is_survey)
        kind = self._kind(block)
        type_, planned = (kind, PLANS[kind](asking)) if kind else self._choice(block, asking)
        if not "".join(planned.stem).strip():
            self._error(Code.NO_STEM, block.line, "Falta el enunciado: escríbalo antes de las opciones.")
        self._check_attributes(block, type_)
        return PlannedQuestion(
            id=self._id(block),
            line=block.line,
            type=type_,
            attributes=block.attributes,
            stem=self._manuscript.flow("\n".join(planned.stem)),
            options=planned.options,
            explanation=asking.paragraphs(planned.explanation),
            details=planned.details | self._credit(block),
        )

    def _credit(self, block: Block) -> Details:
        """Return whether only what is right counts, so that what is wrong takes nothing away."""
        return {"is_by_hit": True} if block.attributes.get("partial") in _BY_HIT else {}

    def _kind(self, block: Block) -> QuestionKind | None:
        """Return the kind that the author names, None for a question with options."""
        word = block.attributes.get("type")
        if word is None:
            return None
        if word not in KINDS:
            message = f"El tipo «{word}» no existe: use {', '.join(KINDS)}.{did_you_mean(word, KINDS)}"
            self._error(Code.UNKNOWN_QUESTION_TYPE, block.line, message)
            return None
        if not self._in_quiz:
            message = f"Una pregunta de tipo «{word}» va en un cuestionario: en una lección use opciones."
            self._error(Code.ONLY_IN_QUIZ, block.line, message)
        return KINDS[word]

    def _choice(self, block: Block, asking: Asking) -> tuple[QuestionKind, Planned]:
        draft = read_question(block.body, block.line + 1)
        self._check_shape(draft, block)
        options = tuple(
            PlannedOption(
                is_right=option.is_right,
                text=self._manuscript.inline(option.text),
                feedback=asking.paragraphs(option.feedback),
            )
            for option in draft.options
        )
        type_: QuestionKind = (
            "multiple" if draft.is_multiple else "true-false" if draft.is_true_false else "single"
        )
        return type_, Planned(stem=draft.stem, explanation=draft.explanation, options=options)

    def _id(self, block: Block) -> str:
        written = block.attributes.get("id", "")
        if not written and self._in_quiz:
            self._error(Code.NO_QUESTION_ID, block.line, "Falta la identificación: agregue {id=m1-tema}.")
        if written and not SLUG.fullmatch(written):
            message = f"«{written}» no sirve de id: use minúsculas sin tilde, cifras y guiones."
            self._error(Code.BAD_QUESTION_ID, block.line, message)
        return written or f"{self._slug}-{self._count}"

    def _check_shape(self, draft: DraftQuestion, block: Block) -> None:
        for number, text in draft.loose:
            message = f"«{_short(text)}» no es opción ni retroalimentación: agregue sangría o «Explicación:»."
            self._error(Code.LOOSE_TEXT, number, message)
        if not _MINIMUM <= len(draft.options) <= len(KEYS):
            message = (
                f"Hay {len(draft.options)} opciones: escriba al menos dos, como «( ) texto» y «(x) texto»."
            )
            self._error(Code.TOO_FEW_OPTIONS, block.line, message)
            return
        if len({option.is_multiple for option in draft.options}) > 1:
            message = "Mezcla ( ) con [ ]: use ( ) si hay una correcta y [ ] si puede haber varias."
            self._error(Code.MIXED_OPTIONS, block.line, message)
        self._check_keys(draft, block)
        self._check_options(draft)

    def _check_keys(self, draft: DraftQuestion, block: Block) -> None:
        right = sum(option.is_right for option in draft.options)
        if self._is_survey:
            if right:
                message = "En una encuesta ninguna opción es la correcta: quite la «x»."
                self._error(Code.NUMBER_OF_KEYS, block.line, message)
            return
        if draft.is_multiple and not right:
            self._error(
                Code.NUMBER_OF_KEYS, block.line, "Ninguna opción es correcta: marque al menos una con [x]."
            )
        elif not draft.is_multiple and right != 1:
            said = f"Hay {right} opciones correctas" if right else "La pregunta no tiene respuesta correcta"
            message = f"{said}: marque exactamente una con (x)."
            self._error(Code.NUMBER_OF_KEYS, block.line, message)

    def _check_options(self, draft: DraftQuestion) -> None:
        seen: set[str] = set()
        for option in draft.options:
            text = " ".join(option.text.casefold().split()).rstrip(".")
            if not text:
                self._error(Code.EMPTY_OPTION, option.line, "La opción está vacía: escriba su texto.")
            elif text in seen:
                message = "Esta opción repite otra de la misma pregunta: cámbiela."
                self._findings.warning(Code.REPEATED_OPTION, self._manuscript.path, option.line, message)
            seen.add(text)
            if self._in_quiz and not self._is_survey and not "".join(option.feedback).strip():
                message = (
                    "Falta la retroalimentación: agregue debajo una línea con sangría que empiece con «> »."
                )
                self._error(Code.NO_FEEDBACK, option.line, message)

    def _check_attributes(self, block: Block, type_: QuestionKind) -> None:
        for key, kinds in ATTRIBUTES.items():
            if key in block.attributes and type_ not in kinds:
                message = (
                    f"«{block.attributes[key]}» no cambia nada en este tipo de pregunta: quite el atributo."
                )
                self._error(Code.BAD_QUESTION_ATTRIBUTE, block.line, message)
        for key, advice in wrong_tags(block.attributes):
            message = f"«{block.attributes[key]}» no sirve: {advice}."
            self._error(Code.BAD_QUESTION_ATTRIBUTE, block.line, message)
        source = block.attributes.get("source")
        known = self._manuscript.site.sources
        if source is not None and source not in known:
            message = f"La fuente «{source}» no está en fuentes.yaml.{did_you_mean(source, known)}"
            self._error(Code.UNKNOWN_SOURCE, block.line, message)
        sector = block.attributes.get("sector")
        if sector is not None and sector not in sectors("es"):
            message = f"El sector «{sector}» no existe.{did_you_mean(sector, SECTOR_SLUGS)}"
            self._error(Code.UNKNOWN_SECTOR, block.line, message)
        for key, is_right, advice in (
            ("level", block.attributes.get("level", "R") in _LEVELS, "nivel debe ser R, A o J"),
            (
                "country",
                _COUNTRY.fullmatch(block.attributes.get("country", "MX")),
                "pais es un código como MX",
            ),
            (
                "partial",
                block.attributes.get("partial", "no") in _IN_PARTS | {"no", "false"},
                "parcial debe ser no, partes o acierto",
            ),
        ):
            if not is_right:
                message = f"«{block.attributes[key]}» no sirve: {advice}."
                self._error(Code.BAD_QUESTION_ATTRIBUTE, block.line, message)

    def _error(self, code: Code, line: int, message: str) -> None:
        self._findings.error(code, self._manuscript.path, line, message)


def _short(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"


def _with_html(details: Any, manuscript: Manuscript) -> Any:
    """Return details with the HTML of what they name so."""
    if isinstance(details, list):
        return [_with_html(each, manuscript) for each in details]
    if not isinstance(details, dict):
        return details
    return {
        name: manuscript.html(each, has_terms=False)
        if name.endswith("html")
        else _with_html(each, manuscript)
        for name, each in details.items()
    }
