"""Handing in a file as an answer, and getting it back."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessments.attempts import access, files, saving
from lms.assessments.attempts.errors import BadFormat, FileTooLarge, NoFile
from lms.assessments.attempts.held_files import attachment
from lms.assessments.attempts.permissions import AttemptPermission
from lms.assessments.attempts.stored_files import find_file
from lms.assessments.attempts.views.taking import QUESTION, next_page, question_page
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.policy import requires
from lms.web.kit import go

bp = Blueprint("attempt_files", __name__, url_prefix="/assessments")
ANSWER = QUESTION + "/file"


@bp.post(ANSWER)
@requires(AttemptPermission.TAKE)
def hand_over(attempt_id: UUID, number: int) -> ResponseReturnValue:
    """Keep the file that was chosen, or take the kept one back, and go where the button says."""
    sitting = access.access_attempt(current_actor(), attempt_id)
    question_id = access.check_question(sitting, number)
    wanted, slip = request.form.get("go", "next"), saving.get_slip(attempt_id)
    if wanted == "remove":
        files.remove_file(slip, question_id, now=now())
        return go(url_for("attempts.question", attempt_id=attempt_id, number=number))
    try:
        _keep(slip, question_id, is_asked=wanted == "stay")
    except (NoFile, FileTooLarge, BadFormat) as refusal:
        return question_page(sitting, number, refusal=str(refusal.message))
    return next_page(sitting, number, wanted)


@bp.get(ANSWER)
@requires(AttemptPermission.TAKE)
def download(attempt_id: UUID, number: int) -> ResponseReturnValue:
    """Give the person back what they handed in."""
    sitting = access.access_attempt(current_actor(), attempt_id)
    file = find_file(attempt_id, access.check_question(sitting, number))
    if file is None:
        raise NotFound
    return attachment(file, file.name)


def _keep(slip: saving.Slip, question_id: str, *, is_asked: bool) -> None:
    """Keep the file of the form; going on without choosing one leaves the kept one as it is."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        if is_asked:
            raise NoFile
        return
    with sent.stream:
        content = sent.stream.read()
    files.keep_file(slip, question_id, name=sent.filename, content=content, now=now())
