"""Personal data of attempts: why it is kept, and how it is shown and erased."""

from base64 import b64encode
from uuid import UUID

from sqlalchemy import Select, delete, select

from lms.assessments.attempts.models import Answer, AnswerFile, AnswerGrade, Attempt, ExtraAttempt, ExtraTime
from lms.assessments.attempts.stored_files import erase_files, list_files, read_bytes
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.courses.models import Unit
from lms.learning.models import Enrolment


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(Attempt, Unit.title)
        .join(Unit, Unit.id == Attempt.unit_id)
        .where(Attempt.enrolment_id.in_(_own(person_id)))
        .order_by(Attempt.started_at)
    ).all()
    comments = _comments(person_id)
    handed_in = list_files([attempt.id for attempt, _title in rows])
    answers: dict[UUID, dict[str, list[str]]] = {attempt.id: {} for attempt, _title in rows}
    for answer in db.session.scalars(select(Answer).where(Answer.attempt_id.in_(answers))):
        answers[answer.attempt_id][answer.question_id] = answer.chosen
    return [
        _row(attempt, title, answers[attempt.id])
        | {
            "comments": comments.get(attempt.id, {}),
            "files": [_file(file) for file in handed_in if file.attempt_id == attempt.id],
        }
        for attempt, title in rows
    ]


def _file(file: AnswerFile) -> Json:
    return {
        "question": file.question_id,
        "name": file.name,
        "saved": str(file.saved_at),
        "content": b64encode(read_bytes(file)).decode(),
    }


def _comments(person_id: UUID) -> dict[UUID, dict[str, str]]:
    """Return what was said of a person's answers, by attempt and question."""
    found: dict[UUID, dict[str, str]] = {}
    for attempt_id, question_id, comment in db.session.execute(
        select(Answer.attempt_id, Answer.question_id, AnswerGrade.comment)
        .join(AnswerGrade, AnswerGrade.answer_id == Answer.id)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(Attempt.enrolment_id.in_(_own(person_id)))
    ):
        found.setdefault(attempt_id, {})[question_id] = comment
    return found


def _row(attempt: Attempt, title: str, answers: dict[str, list[str]]) -> Json:
    return {
        "quiz": title,
        "attempt": attempt.number,
        "started": str(attempt.started_at),
        "submitted": str(attempt.submitted_at or ""),
        "earned": "" if attempt.earned is None else str(attempt.earned),
        "possible": attempt.possible,
        "passed": attempt.is_passed,
        "answers": answers,
    }


def _erase(person_id: UUID) -> int:
    own = _own(person_id)
    attempts = select(Attempt.id).where(Attempt.enrolment_id.in_(own))
    graded = select(Answer.id).where(Answer.attempt_id.in_(attempts))
    db.session.execute(delete(AnswerGrade).where(AnswerGrade.answer_id.in_(graded)))
    erase_files(attempts)
    db.session.execute(delete(Answer).where(Answer.attempt_id.in_(attempts)))
    db.session.execute(delete(ExtraAttempt).where(ExtraAttempt.enrolment_id.in_(own)))
    erased = delete(Attempt).where(Attempt.enrolment_id.in_(own)).returning(Attempt.id)
    return len(db.session.scalars(erased).all())


def _own(person_id: UUID) -> Select[UUID]:
    return select(Enrolment.id).where(Enrolment.person_id == person_id)


ATTEMPTS = PersonalData(
    name="attempts.attempt",
    tables=("attempt", "answer", "answer_file", "answer_grade", "extra_attempt"),
    purpose=_l("Calificar las evaluaciones y mostrar a cada persona qué conviene releer."),
    retention=_l("Mientras la cuenta exista."),
    export=_export,
    erase=_erase,
)


def _export_time(person_id: UUID) -> list[Json]:
    given = select(ExtraTime).where(ExtraTime.enrolment_id.in_(_own(person_id))).order_by(ExtraTime.given_at)
    return [
        {
            "percent": row.percent,
            "minutes": row.minutes,
            "reason": row.reason,
            "given": str(row.given_at),
        }
        for row in db.session.scalars(given)
    ]


def _erase_time(person_id: UUID) -> int:
    erased = delete(ExtraTime).where(ExtraTime.enrolment_id.in_(_own(person_id))).returning(ExtraTime.id)
    return len(db.session.scalars(erased).all())


EXTRA_TIME = PersonalData(
    name="attempts.extra-time",
    tables=("extra_time",),
    purpose=_l("Dar a una persona más tiempo en las evaluaciones con límite, y saber por qué."),
    retention=_l("Mientras la cuenta exista."),
    export=_export_time,
    erase=_erase_time,
)
