"""Compare the contacts that a course names with the directory: the compiler itself knows no database."""

from dataclasses import replace

from sqlalchemy.exc import OperationalError, ProgrammingError

from lms.contacts.queries import list_held_keys, list_keys
from lms.courses.compiler.compile import Compilation
from lms.courses.compiler.contact_uses import check_contacts, check_held


def with_contacts(compilation: Compilation) -> Compilation:
    """Return the compilation with an error for each contact that the directory does not have.

    A contact that waits for a signature is a warning. Where there is no directory, as on an author's own
    computer, nothing is said.
    """
    uses = compilation.contacts
    known, held = _keys() if uses else (frozenset(), frozenset())
    unknown = check_contacts(uses, known)
    problems = (*unknown, *check_held(uses, held))
    if not problems:
        return compilation
    found = sorted((*compilation.diagnostics, *problems), key=lambda each: (each.path, each.line, each.code))
    course = None if unknown else compilation.course
    return replace(compilation, course=course, diagnostics=tuple(found))


def _keys() -> tuple[frozenset[str], frozenset[str]]:
    """Return every key of the directory, and those that wait for a signature."""
    try:
        return list_keys(), list_held_keys()
    except (OperationalError, ProgrammingError):  # there is no database, or it has no tables yet
        return frozenset(), frozenset()
