"""What the newest release of a course had, and its folder no longer has."""

from collections.abc import Iterator

from lms.courses import queries
from lms.courses.changes import Edition, PageEdition
from lms.courses.compiler.checks.kept import Names, check_kept_names, names_of, questions_of
from lms.courses.compiler.codec import lesson_from_json, quiz_from_json
from lms.courses.compiler.course import Course, Question
from lms.courses.models import UnitKind
from lms.courses.stored import get_edition
from lms.plugins.blocks import Diagnostic


def missed_since_release(content: Course) -> tuple[Diagnostic, ...]:
    """Return a warning for each page and question that is gone; none when nothing was released yet."""
    course = queries.find_course(content.slug)
    newest = queries.find_newest_release(course.id) if course else None
    if newest is None:
        return ()
    return check_kept_names(_names(get_edition(newest)), names_of(content))


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
