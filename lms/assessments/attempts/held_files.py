"""Files as pages show them: beside their question, and on their way to whoever may have them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from flask import send_file, url_for
from flask.typing import ResponseReturnValue

from lms.assessments.attempts.files import most_bytes
from lms.assessments.attempts.models import AnswerFile
from lms.assessments.attempts.queries import QuizUnit
from lms.assessments.attempts.questions import ShownQuestion
from lms.assessments.attempts.stored_files import list_files, read_bytes
from lms.core.context import registry
from lms.core.file_formats import FORMATS
from lms.plugins.questions import Config, FileRule, QuestionType


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFile:
    """A file beside its question."""

    name: str
    size: int
    """In bytes."""
    saved_at: datetime
    url: str


def rule_of(config: Config) -> FileRule | None:
    """Return which files answer a question."""
    kind: QuestionType = registry("question_types")[config["type"]]
    return kind.file_rule(config)


def with_files(
    shown: Sequence[ShownQuestion], attempt_id: UUID, quiz: QuizUnit, *, refusal: str = ""
) -> list[ShownQuestion]:
    """Return the questions of one's own attempt, those that a file answers with the file that is kept."""
    rules = {each.number: rule_of(quiz.questions[each.view["id"]]) for each in shown}
    if not any(rules.values()):
        return list(shown)
    held = {file.question_id: file for file in list_files([attempt_id])}
    return [
        each if (rule := rules[each.number]) is None
        else replace(each, view={
            **each.view, "file": _own(held.get(each.view["id"]), each.number), "most": most_bytes(rule),
            "refusal": refusal,
        })
        for each in shown
    ]  # fmt: skip


def held_file(file: AnswerFile, name: str, url: str) -> HeldFile:
    """Return a file under the name that the reader may see."""
    return HeldFile(name=name, size=file.size, saved_at=file.saved_at, url=url)


def attachment(file: AnswerFile, name: str) -> ResponseReturnValue:
    """Send a file to be saved, never to be shown on one of our pages."""
    content = io.BytesIO(read_bytes(file))
    response = send_file(
        content, mimetype=FORMATS[file.format], as_attachment=True, download_name=name, etag=False
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _own(file: AnswerFile | None, number: int) -> HeldFile | None:
    if file is None:
        return None
    url = url_for("attempt_files.download", attempt_id=file.attempt_id, number=number)
    return held_file(file, file.name, url)
