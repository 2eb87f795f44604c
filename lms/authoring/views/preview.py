"""What a preview asks for while it is read: its pictures, and the feedback of its self-checks."""

from uuid import UUID

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import queries
from lms.authoring.compiling import compile_files
from lms.authoring.permissions import AuthoringPermission
from lms.authoring.rules import REVIEW_WORDS, STANDING_WORDS
from lms.authoring.views.blueprint import bp
from lms.authoring.views.desk import open_draft
from lms.core.auth import current_actor
from lms.core.context import current_storage
from lms.core.errors import NotFound
from lms.core.policy import reads_only, requires
from lms.courses import rules as course_rules
from lms.courses.compiler.course import Course, Lesson, Question
from lms.courses.compiler.media import media_type
from lms.courses.errors import CLASSES
from lms.web.kit import go, next_address, render

FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; sandbox"
"""A file opened on its own runs nothing and belongs to no origin."""
DOWNLOADED = "application/pdf"
"""Saved and never opened beside the application."""


@bp.context_processor
def _shown_everywhere() -> dict[str, object]:
    return {"standing_words": STANDING_WORDS, "review_words": REVIEW_WORDS, "class_words": CLASSES}


@bp.get("/assets/<sha256>/<name>")
@requires(AuthoringPermission.READ)
def asset(sha256: str, name: str) -> ResponseReturnValue:
    """Send a picture, a recording or a document of a draft, or a range of it, to somebody who reads that draft."""
    kind = media_type(name)
    if kind is None or not queries.has_file_of_hash(current_actor(), sha256, name):
        raise NotFound
    content = current_storage().get(sha256)
    response = Response(content, mimetype=kind)
    response.set_etag(sha256)
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    if kind == DOWNLOADED:
        response.headers.set("Content-Disposition", "attachment", filename=name)
    return response.make_conditional(request, accept_ranges=True, complete_length=len(content))


@bp.post("/<uuid:draft_id>/checks/<question_id>")
@reads_only
@requires(AuthoringPermission.READ)
def answer_check(draft_id: UUID, question_id: str) -> ResponseReturnValue:
    """Give the feedback of a self-check of a draft, as the lesson will; nothing is kept."""
    draft = open_draft(draft_id, AuthoringPermission.READ)
    course = compile_files(queries.files_of(draft.id), draft.slug).attempt
    question = _find_check(course, question_id) if course else None
    if question is None:
        raise NotFound
    lesson_url = next_address(url_for(".draft_page", draft_id=draft.id))
    if request.headers.get("HX-Request") != "true":
        return go(lesson_url)
    keys = request.form.getlist("answer")
    is_again = "again" in request.form
    shown = course_rules.ask(question) if is_again else course_rules.give_feedback(question, keys)
    check_base = url_for(".answer_check", draft_id=draft.id, question_id="-")[:-1]
    return render("courses/_check.html", question=shown, check_base=check_base, lesson_url=lesson_url)


def _find_check(course: Course, question_id: str) -> Question | None:
    lessons = (unit for module in course.modules for unit in module.units if isinstance(unit, Lesson))
    found = (course_rules.find_check(lesson, question_id) for lesson in lessons)
    return next((question for question in found if question), None)
