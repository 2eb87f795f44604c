"""Questions in another language: the words are the translator's, all that decides a grade is the original's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Option, Question
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.kinds.translated import merged, shape_of
from lms.courses.compiler.question_builder import PlannedQuestion
from lms.courses.compiler.stand_ins import marked_details, marked_html


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where the questions of a translated section stand."""

    path: str
    line: int


def pair(
    base: Sequence[PlannedQuestion], own: Sequence[PlannedQuestion], spot: Spot, findings: Findings
) -> dict[str, str]:
    """Return the id in the original of each question of a section, checking that both ask the same."""
    if len(base) != len(own):
        message = f"La sección original tiene {len(base)} preguntas y esta {len(own)}: deje las mismas."
        findings.error(Code.TRANSLATED_KEYS, spot.path, spot.line, message)
        return {}
    by_id = {question.id: question for question in base}
    names: dict[str, str] = {}
    for original, question in zip(base, own, strict=True):
        wanted = question.attributes.get("id") or original.id
        if wanted not in by_id:
            message = f"La sección original no tiene la pregunta «{wanted}»: escriba {{id={original.id}}}."
            findings.error(Code.TRANSLATED_KEYS, spot.path, question.line, message)
        elif _keys(by_id[wanted]) != _keys(question):
            message = f"«{wanted}» no tiene las mismas opciones correctas que la original, en el mismo orden."
            findings.error(Code.TRANSLATED_KEYS, spot.path, question.line, message)
        else:
            names[question.id] = wanted
    return names


def translated(base: Question, own: Question, language: str) -> Question:
    """Return the question with the words of its translation; what has none stays, marked with its language."""
    options = tuple(
        _option(before, after, language) for before, after in zip(base.options, own.options, strict=True)
    )
    return replace(
        base,
        stem_html=own.stem_html or marked_html(base.stem_html, language),
        options=options,
        explanation_html=own.explanation_html or marked_html(base.explanation_html, language),
        details=merged(marked_details(base.details, language), own.details),
    )


def _option(base: Option, own: Option, language: str) -> Option:
    return replace(
        base,
        html=own.html or marked_html(base.html, language),
        feedback_html=own.feedback_html or marked_html(base.feedback_html, language),
    )


def _keys(question: PlannedQuestion) -> tuple[object, ...]:
    kind = "single" if question.type == "true-false" else question.type
    return kind, tuple(option.is_right for option in question.options), shape_of(question.details)
