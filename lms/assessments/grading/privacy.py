"""Personal data of grading: what markers said of a person's answers, and the phrases that a marker keeps."""

from uuid import UUID

from sqlalchemy import Select, delete, select

from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.grading.models import Mark, Phrase, Regrade, RegradedAttempt
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.learning.models import Enrolment


def _export_marks(person_id: UUID) -> list[Json]:
    mine = select(Mark).where(Mark.answer_id.in_(_answers(person_id))).order_by(Mark.marked_at)
    return [
        {"answer": str(mark.answer_id), "share": str(mark.fraction), "comment": mark.comment}
        for mark in db.session.scalars(mine)
    ]


def _erase_marks(person_id: UUID) -> int:
    erased = delete(Mark).where(Mark.answer_id.in_(_answers(person_id))).returning(Mark.id)
    return len(db.session.scalars(erased).all())


def _export_phrases(person_id: UUID) -> list[Json]:
    mine = select(Phrase).where(Phrase.person_id == person_id).order_by(Phrase.created_at)
    return [{"text": phrase.text, "written": str(phrase.created_at)} for phrase in db.session.scalars(mine)]


def _erase_phrases(person_id: UUID) -> int:
    erased = delete(Phrase).where(Phrase.person_id == person_id).returning(Phrase.id)
    return len(db.session.scalars(erased).all())


def _export_regrades(person_id: UUID) -> list[Json]:
    mine = select(RegradedAttempt).where(RegradedAttempt.attempt_id.in_(_attempts(person_id)))
    own = select(Regrade).where(Regrade.enrolment_id.in_(_enrolments(person_id))).order_by(Regrade.ordered_at)
    return [
        {"attempt": str(row.attempt_id), "before": str(row.before), "after": str(row.after)}
        for row in db.session.scalars(mine)
    ] + [{"question": row.question_id, "reason": row.reason} for row in db.session.scalars(own)]


def _erase_regrades(person_id: UUID) -> int:
    own = select(Regrade.id).where(Regrade.enrolment_id.in_(_enrolments(person_id)))
    mine = RegradedAttempt.attempt_id.in_(_attempts(person_id)) | RegradedAttempt.regrade_id.in_(own)
    erased = db.session.scalars(delete(RegradedAttempt).where(mine).returning(RegradedAttempt.id)).all()
    for_them = delete(Regrade).where(Regrade.enrolment_id.in_(_enrolments(person_id))).returning(Regrade.id)
    return len(erased) + len(db.session.scalars(for_them).all())


def _enrolments(person_id: UUID) -> Select[UUID]:
    return select(Enrolment.id).where(Enrolment.person_id == person_id)


def _attempts(person_id: UUID) -> Select[UUID]:
    return (
        select(Attempt.id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Enrolment.person_id == person_id)
    )


def _answers(person_id: UUID) -> Select[UUID]:
    return (
        select(Answer.id)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Enrolment.person_id == person_id)
    )


MARKS = PersonalData(
    name="grading.mark",
    tables=("answer_mark",),
    purpose=_l("Que dos personas califiquen una respuesta sin saber una de la otra."),
    retention=_l("Mientras la cuenta exista."),
    export=_export_marks,
    erase=_erase_marks,
)
PHRASES = PersonalData(
    name="grading.phrase",
    tables=("grading_phrase",),
    purpose=_l("Usar otra vez un comentario al calificar."),
    retention=_l("Hasta que quien la escribió la borre."),
    export=_export_phrases,
    erase=_erase_phrases,
)
REGRADES = PersonalData(
    name="grading.regrade",
    tables=("regraded_attempt", "regrade"),
    purpose=_l("Saber qué resultados cambió la corrección de una clave."),
    retention=_l("Mientras la cuenta exista."),
    export=_export_regrades,
    erase=_erase_regrades,
)
