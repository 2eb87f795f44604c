"""A file that was handed in, for whoever may grade it; its name does not say whose it is."""

from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from lms.assessments.attempts.held_files import HeldFile, attachment, held_file
from lms.assessments.attempts.models import AnswerFile
from lms.assessments.attempts.stored_files import find_file
from lms.assessments.grading import access
from lms.assessments.grading.access import Paper
from lms.assessments.grading.permissions import GradingPermission
from lms.core.auth import current_actor
from lms.core.errors import NotFound
from lms.core.policy import requires

bp = Blueprint("graded_files", __name__, url_prefix="/grading")


@bp.get("/answers/<uuid:answer_id>/file")
@requires(GradingPermission.GRADE)
def download(answer_id: UUID) -> ResponseReturnValue:
    """Give whoever grades an answer the file that it is."""
    answer = access.access_paper(current_actor(), answer_id).answer
    file = find_file(answer.attempt_id, answer.question_id)
    if file is None:
        raise NotFound
    return attachment(file, _name(file))


def shown_file(paper: Paper) -> HeldFile | None:
    """Return the file of an answer for the page on which it is graded; None for any other answer."""
    file = find_file(paper.answer.attempt_id, paper.answer.question_id)
    if file is None:
        return None
    return held_file(file, _name(file), url_for("graded_files.download", answer_id=paper.answer.id))


def _name(file: AnswerFile) -> str:
    return f"{file.question_id}.{file.format}"
