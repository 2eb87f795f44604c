"""Compare the contacts that a course names with the directory: the compiler itself knows no database."""

from dataclasses import replace

from sqlalchemy.exc import OperationalError, ProgrammingError

from lms.contacts.queries import list_keys
from lms.courses.compiler.compile import Compilation
from lms.courses.compiler.contact_uses import check_contacts


def with_contacts(compilation: Compilation) -> Compilation:
    """Return the compilation with an error for each contact that the directory does not have.

    Where there is no directory, as on an author's own computer, nothing is said.
    """
    problems = check_contacts(compilation.contacts, _known()) if compilation.contacts else ()
    if not problems:
        return compilation
    found = sorted((*compilation.diagnostics, *problems), key=lambda each: (each.path, each.line, each.code))
    return replace(compilation, course=None, diagnostics=tuple(found))


def _known() -> frozenset[str]:
    try:
        return list_keys()
    except (OperationalError, ProgrammingError):  # there is no database, or it has no tables yet
        return frozenset()
