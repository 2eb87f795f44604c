"""Files that answer questions: checked by their content, kept privately, replaced or taken back until handing in."""

from datetime import datetime

from lms.assessments.attempts import saving
from lms.assessments.attempts.errors import BadFormat, FileTooLarge, NoFile
from lms.assessments.attempts.messages import ForgetFile
from lms.assessments.attempts.models import AnswerFile
from lms.assessments.attempts.saving import Slip
from lms.assessments.attempts.stored_files import find_file
from lms.assessments.attempts.timing import Delivery
from lms.core.context import current_settings, current_storage
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.file_formats import MEGABYTE, format_of, safe_name
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.core.storage import digest_of
from lms.plugins.questions import FileRule


def most_bytes(rule: FileRule) -> int:
    """Return how many bytes a file may have: what the question says, and never more than the installation."""
    return min(rule.megabytes, current_settings().answer_megabytes) * MEGABYTE


def check_file(rule: FileRule, content: bytes) -> str:
    """Return the format of a file that answers such a question; raises NoFile, FileTooLarge and BadFormat."""
    if not content:
        raise NoFile
    if len(content) > most_bytes(rule):
        raise FileTooLarge
    found = format_of(content)
    if found is None or found not in rule.formats:
        raise BadFormat
    return found


def keep_file(slip: Slip, question_id: str, *, name: str, content: bytes, now: datetime) -> AnswerFile:
    """Keep a file as the answer to a question, in place of the one before.

    Raises what `saving.keep_answer` and `check_file` do, and NotFound for a question that no file answers.
    """
    kind, config = saving.question_of(slip, question_id, now)
    rule = kind.file_rule(config)
    if rule is None:
        raise NotFound
    found = check_file(rule, content)
    file = AnswerFile(
        id=new_id(), attempt_id=slip.attempt_id, question_id=question_id, name=safe_name(name, found),
        format=found, size=len(content), saved_at=now,
    )  # fmt: skip
    file.digest = digest_of(file.id.bytes + content)
    saving.write_answer(slip, config, [str(file.id)], Delivery(), now=now)
    _take_away(slip, question_id, now=now)
    db.session.add(file)
    db.session.flush()
    current_storage().put(file.id.bytes + content)  # last, so that what is refused leaves nothing behind
    return file


def remove_file(slip: Slip, question_id: str, *, now: datetime) -> None:
    """Take the file back that answers a question; raises what `saving.keep_answer` does."""
    kind, config = saving.question_of(slip, question_id, now)
    if kind.file_rule(config) is None:
        raise NotFound
    saving.write_answer(slip, config, [], Delivery(), now=now)
    _take_away(slip, question_id, now=now)


def _take_away(slip: Slip, question_id: str, *, now: datetime) -> None:
    """Delete the row of the file before, and its bytes once that is certain."""
    before = find_file(slip.attempt_id, question_id)
    if before is None:
        return
    enqueue(ForgetFile(digest=before.digest), now=now, key=f"{ForgetFile.code}:{before.digest}")
    db.session.delete(before)
    db.session.flush()
