"""What a course holds, counted: lessons and their words, self-checks, branches, simulations, questions and drawings.

A reviewer reads these figures before the text, and an author sees where the course is thin.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lms.courses.compiler.course import (
    Course,
    Lesson,
    PlacePart,
    Question,
    QuestionPart,
    Quiz,
    SectorPart,
    Simulation,
    Unit,
)

SECTORS = frozenset({"security", "justice", "health", "education", "protection"})
"""Ids of the five sectors that every fork by sector must speak to."""
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """The figures of one course."""

    title: str
    modules: int
    words: tuple[int, ...]
    """Of each lesson, the shortest first."""
    without_check: tuple[str, ...]
    """Titles of the lessons that ask nothing."""
    forks: int
    partial_forks: tuple[str, ...]
    """Titles of the lessons with a fork by sector that leaves one of the five sectors out."""
    simulations: tuple[tuple[str, int, int, int], ...]
    """Title, scenes, endings and the best total of each."""
    questions: tuple[Question, ...]
    """Every question, scored or not."""
    scored: int
    terms: int
    sources: int
    drawings: int

    def by(self, feature: Callable[[Question], str]) -> Counter[str]:
        """Return how many questions have each value of a feature."""
        return Counter(map(feature, self.questions))


def take_inventory(course: Course) -> Inventory:
    """Return the figures of a compiled course."""
    units = [unit for module in course.modules for unit in module.units]
    lessons = [unit for unit in units if isinstance(unit, Lesson)]
    forked = [lesson for lesson in lessons if any(isinstance(part, SectorPart) for part in lesson.parts)]
    checks = [question for lesson in lessons for question in questions_of(lesson)]
    quizzes = [unit for unit in units if isinstance(unit, Quiz) and not unit.is_survey]
    scored = [question for quiz in quizzes for question in quiz.questions]
    return Inventory(
        title=course.title,
        modules=len(course.modules),
        words=tuple(sorted(lesson.words for lesson in lessons)),
        without_check=tuple(lesson.title for lesson in lessons if not list(questions_of(lesson))),
        forks=sum(isinstance(part, SectorPart) for lesson in forked for part in lesson.parts),
        partial_forks=tuple(lesson.title for lesson in forked if not covers_sectors(lesson)),
        simulations=tuple(map(_simulation, (unit for unit in units if isinstance(unit, Simulation)))),
        questions=(*checks, *_distinct(scored)),
        scored=len(_distinct(scored)),
        terms=len(course.glossary),
        sources=len(course.sources),
        drawings=sum(asset.media_type == "image/svg+xml" for asset in course.assets),
    )


def questions_of(unit: Unit) -> Iterator[Question]:
    """Yield the self-checks of a lesson, those of its branches too; a quiz's questions are asked of the quiz."""
    parts = unit.parts if isinstance(unit, Lesson) else ()
    for part in parts:
        if isinstance(part, QuestionPart):
            yield part.question
        elif isinstance(part, SectorPart | PlacePart):
            inner = (each for branch in part.branches for each in branch.parts)
            yield from (each.question for each in inner if isinstance(each, QuestionPart))


def covers_sectors(lesson: Lesson) -> bool:
    """Say whether every fork by sector of the lesson has a branch for each of the five sectors."""
    forks = [part for part in lesson.parts if isinstance(part, SectorPart)]
    return all({each for branch in fork.branches for each in branch.sectors} >= SECTORS for fork in forks)


def is_longest_right(question: Question) -> bool:
    """Say whether whoever chooses the longest option, knowing nothing, gets the question right."""
    return _stands_out(question, max)


def is_shortest_right(question: Question) -> bool:
    """Say whether whoever chooses the shortest option, knowing nothing, gets the question right."""
    return _stands_out(question, min)


def _stands_out(question: Question, extreme: Callable[[Iterable[int]], int]) -> bool:
    if not question.is_choice:
        return False
    lengths = [len(_TAG.sub("", option.html)) for option in question.options]
    limit = extreme(lengths)
    options = zip(question.options, lengths, strict=True)
    return [option.is_right for option, length in options if length == limit] == [True]


def _simulation(unit: Simulation) -> tuple[str, int, int, int]:
    return unit.title, len(unit.scenes), len(unit.endings), unit.bounds.best_total


def _distinct(questions: Sequence[Question]) -> list[Question]:
    """Return each question once, however many quizzes ask it."""
    ordered = sorted(questions, key=lambda each: each.id)
    return [next(same) for _, same in groupby(ordered, key=lambda each: each.id)]
