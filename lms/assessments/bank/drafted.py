"""Questions of drafts: those that no release has yet, and where each one stands in its file."""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from uuid import UUID

from lms.assessments.bank.queries import list_known
from lms.assessments.bank.rules import BankRow, State, say
from lms.assessments.question_types.revisions import revision_of
from lms.authoring import access
from lms.authoring.compiling import compile_files
from lms.authoring.models import Draft
from lms.authoring.permissions import AuthoringPermission
from lms.authoring.queries import files_of, find_open_draft, get_row, visible_to
from lms.authoring.rules import Standing
from lms.authoring.texts import read_text
from lms.core.actors import Actor
from lms.core.context import current_storage
from lms.core.db import db
from lms.courses.compiler.codec import question_to_json
from lms.courses.compiler.course import Course, Question, Quiz

_HEAD: Final = re.compile(r"^ {0,3}:{3,}[ \t]*(?:pregunta|question)\b.*?[{\s]id=[\"']?([\w-]+)")
_IN_REVIEW: Final = {Standing.IN_REVIEW, Standing.CHANGED_IN_REVIEW}
Places = Mapping[str, tuple[str, int]]
"""Path and line of each question, by id."""


def find_draft(actor: Actor, slug: str) -> Draft | None:
    """Return the open draft of a course, when the actor may read it."""
    draft = find_open_draft(slug) if slug else None
    return draft if draft and access.may(actor, AuthoringPermission.READ, draft) else None


def list_new_courses(actor: Actor) -> list[tuple[str, str]]:
    """Return address and title of the drafts in reach whose course has no release, by title."""
    drafts = db.session.scalars(
        visible_to(actor, AuthoringPermission.READ).where(Draft.course_id.is_(None)).order_by(Draft.title)
    )
    return [(draft.slug, draft.title) for draft in drafts]


def list_drafted(draft: Draft) -> list[BankRow]:
    """Return the questions of a draft that no release of its course has."""
    files = files_of(draft.id)
    course = compile_files(files, draft.slug).attempt
    known = list_known(draft.course_id)
    new = {question.id: (question, module) for question, module in _asked(course) if question.id not in known}
    if not new:
        return []
    places = places_of(files)
    state = State.REVIEW if get_row(draft.id).standing in _IN_REVIEW else State.DRAFT
    return [_row(draft, question, module, state, places) for question, module in new.values()]


def find_place(draft_id: UUID, question_id: str) -> tuple[str, int] | None:
    """Return path and line of a question in a draft."""
    return places_of(files_of(draft_id)).get(question_id)


def places_of(files: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Return where each question stands in the pages of a draft; `files` has the SHA-256 of each by its path."""
    found: dict[str, tuple[str, int]] = {}
    storage = current_storage()
    for path, digest in sorted(files.items()):
        text = read_text(storage.get(digest)) if path.endswith(".md") else None
        for number, line in enumerate((text or "").split("\n"), start=1):
            if head := _HEAD.match(line):
                found.setdefault(head[1], (path, number))
    return found


def _asked(course: Course | None) -> Iterator[tuple[Question, int]]:
    for module in course.modules if course else ():
        for unit in module.units:
            if isinstance(unit, Quiz):
                yield from ((question, module.number) for question in unit.questions)


def _row(draft: Draft, question: Question, module: int, state: State, places: Places) -> BankRow:
    path, line = places.get(question.id, ("", 1))
    return BankRow(
        said=say(question, revision_of(question_to_json(question)), module),
        state=state,
        course=draft.title,
        slug=draft.slug,
        course_id=draft.course_id,
        draft_id=draft.id,
        path=path,
        line=line,
    )
