"""What the newest release of a course had, and its folder no longer has: learners would lose it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from uuid import UUID

from lms.courses import queries
from lms.courses.changes import Edition, PageEdition
from lms.courses.compiler.checks.kept import Names, check_kept_names, names_of, questions_of
from lms.courses.compiler.codec import lesson_from_json, quiz_from_json
from lms.courses.compiler.compile import Compilation
from lms.courses.compiler.course import Course, Question
from lms.courses.errors import NamesLost
from lms.courses.models import Release, UnitKind
from lms.courses.stored import get_edition
from lms.plugins.blocks import Diagnostic

REMEMBERED: Final = 32
"""Releases whose names are kept in the process: they never change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something that people who move to a new release would not find again."""

    name: str
    """Address of the page, as in `marco/definicion`, or id of the question."""
    is_page: bool
    title: str
    """Of the page, or of the page where the question was asked."""


def missed_since_release(content: Course) -> tuple[Diagnostic, ...]:
    """Return a warning for each page and question that is gone; none when nothing was released yet."""
    newest = _newest(content)
    return check_kept_names(_released_names(newest.id), names_of(content)) if newest else ()


def with_kept_names(compilation: Compilation) -> Compilation:
    """Return the compilation of a draft with a warning for each name of the newest release that its text lost.

    While there are errors nothing is said: a question that is half written is not lost.
    """
    written = compilation.attempt if compilation.course else None
    lost = missed_since_release(written) if written else ()
    if not lost:
        return compilation
    found = sorted((*compilation.diagnostics, *lost), key=lambda each: (each.path, each.line, each.code))
    return replace(compilation, diagnostics=tuple(found))


def list_losses(content: Course) -> tuple[Loss, ...]:
    """Return what a release of this course would take away from who studies the newest one, in reading order."""
    newest = _newest(content)
    if newest is None:
        return ()
    kept = names_of(content)
    return tuple(loss for page in get_edition(newest).pages for loss in _losses(page, kept))


def check_losses(content: Course, on_purpose: Collection[str]) -> tuple[Loss, ...]:
    """Return what a release takes away, all of it on purpose; raises NamesLost with what nobody stated."""
    losses = list_losses(content)
    unsaid = [loss.name for loss in losses if loss.name not in on_purpose]
    if unsaid:
        raise NamesLost(unsaid)
    return losses


def _newest(content: Course) -> Release | None:
    course = queries.find_course(content.slug)
    return queries.find_newest_release(course.id) if course else None


@lru_cache(maxsize=REMEMBERED)
def _released_names(release_id: UUID) -> Names:
    return _names(get_edition(queries.get_release(release_id)))


def _losses(page: PageEdition, kept: Names) -> Iterator[Loss]:
    if page.place not in kept.pages:
        yield Loss(name=page.place, is_page=True, title=page.title)
    for question in _questions(page):
        if question.id not in kept.questions:
            yield Loss(name=question.id, is_page=False, title=page.title)


def _names(edition: Edition) -> Names:
    return Names(
        pages=frozenset(page.place for page in edition.pages),
        questions=frozenset(question.id for page in edition.pages for question in _questions(page)),
    )


def _questions(page: PageEdition) -> Iterator[Question]:
    if page.kind == UnitKind.LESSON:
        yield from questions_of(lesson_from_json(page.body))
    elif page.kind == UnitKind.QUIZ:
        yield from questions_of(quiz_from_json(page.body))
