"""Drafts and reviews, for tests."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from lms.accounts.models import Person
from lms.authoring import reviewing, service
from lms.authoring.models import Draft, Part, Review
from lms.core.actors import SYSTEM, Actor
from lms.core.clock import now
from lms.courses.models import Release
from lms.courses.queries import get_course
from lms.testing.factories.courses import write_course

LESSON = "01-senales/01-leccion.md"
QUIZ = "01-senales/comprobacion.md"


def course_files(*, title: str = "Curso de prueba") -> dict[str, bytes]:
    """Return the files of the small course by path."""
    with tempfile.TemporaryDirectory() as folder:
        written = write_course(Path(folder) / "curso", title=title)
        paths = sorted(path for path in written.rglob("*") if path.is_file())
        return {path.relative_to(written).as_posix(): path.read_bytes() for path in paths}


def make_draft(
    *people: Person, slug: str = "curso-de-prueba", files: Mapping[str, bytes] | None = None
) -> Draft:
    """Open a draft of the small course on which these people write."""
    draft = service.create_draft(slug, files or course_files(), actor=SYSTEM, now=now())
    for person in people:
        service.invite(draft, person, Part.AUTHOR, actor=SYSTEM, now=now())
    return draft


def open_draft_of(release: Release, *people: Person) -> Draft:
    """Open a draft with the files of a release, on which these people write."""
    draft = service.open_release(get_course(release.course_id), release, actor=SYSTEM, now=now())
    for person in people:
        service.invite(draft, person, Part.AUTHOR, actor=SYSTEM, now=now())
    return draft


def ask_review(draft: Draft, person: Person | None = None) -> Review:
    """Ask for the review of a draft in somebody's name."""
    actor = Actor(person_id=person.id, name=person.name) if person else SYSTEM
    return reviewing.ask(draft, note="", actor=actor, now=now())
