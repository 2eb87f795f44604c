"""The minutes announced are about what a lesson takes."""

from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Lesson
from lms.courses.compiler.diagnostics import Findings

WORDS_PER_MINUTE = 180
_TOLERANCE = 2


def minutes_of(words: int, questions: int) -> float:
    """Return the minutes that reading and answering take, at least one: a minute per question."""
    return max(words / WORDS_PER_MINUTE + questions, 1)


def check_length(lesson: Lesson, questions: int, path: str, line: int, findings: Findings) -> None:
    """A lesson takes neither half nor twice the minutes it announces."""
    minutes = minutes_of(lesson.words, questions)
    if minutes / _TOLERANCE <= lesson.minutes <= minutes * _TOLERANCE:
        return
    message = f"Dice {lesson.minutes} minutos y la lectura toma unos {round(minutes)}: ajústelo."
    findings.warning(Code.MINUTES, path, line, message)
