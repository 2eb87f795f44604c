"""Personal data of the survey: of the person who answers, and of the superior whom they name."""

from uuid import UUID

from sqlalchemy import Select, delete, select

from lms.assessments.attempts.queries import get_quiz
from lms.assessments.follow_up.models import (
    FollowUp,
    FollowUpAnswer,
    FollowUpReply,
    MeasureInvitation,
    Respondent,
)
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.learning.models import Completion


def _export(person_id: UUID) -> list[Json]:
    """Return what the person answered; what the superior said of their area is the superior's."""
    found = db.session.scalars(select(FollowUp).where(FollowUp.id.in_(_own(person_id)))).all()
    said: dict[UUID, dict[str, str]] = {each.id: {} for each in found}
    rows = select(FollowUpAnswer).where(
        FollowUpAnswer.follow_up_id.in_(said), FollowUpAnswer.respondent == Respondent.SELF
    )
    for row in db.session.scalars(rows):
        said[row.follow_up_id][row.question] = row.text if row.value is None else str(row.value)
    replies: dict[UUID, dict[str, list[str]]] = {each.id: {} for each in found}
    for reply in db.session.scalars(select(FollowUpReply).where(FollowUpReply.follow_up_id.in_(said))):
        if not get_quiz(reply.unit_id).quiz.is_for_superior:
            replies[reply.follow_up_id][reply.question_id] = reply.chosen
    return [
        {
            "asked": str(each.asked_on),
            "answered": str(each.answered_at or ""),
            "superior": each.superior_name,
            "email": each.superior_email,
            "answers": said[each.id],
            "own_questions": replies[each.id],
        }
        for each in found
    ]


def _erase(person_id: UUID) -> int:
    own = select(FollowUp.id).where(FollowUp.id.in_(_own(person_id)))
    db.session.execute(delete(FollowUpAnswer).where(FollowUpAnswer.follow_up_id.in_(own)))
    db.session.execute(delete(FollowUpReply).where(FollowUpReply.follow_up_id.in_(own)))
    invited = select(Completion.id).where(Completion.person_id == person_id)
    db.session.execute(delete(MeasureInvitation).where(MeasureInvitation.completion_id.in_(invited)))
    erased = delete(FollowUp).where(FollowUp.id.in_(_own(person_id))).returning(FollowUp.id)
    return len(db.session.scalars(erased).all())


def _own(person_id: UUID) -> Select[UUID]:
    return (
        select(FollowUp.id)
        .join(Completion, Completion.id == FollowUp.completion_id)
        .where(Completion.person_id == person_id)
    )


FOLLOW_UPS = PersonalData(
    name="follow_up.survey",
    tables=("follow_up", "follow_up_answer", "follow_up_reply", "follow_up_measure", "follow_up_refusal"),
    purpose=_l("Saber si lo aprendido se usa en el trabajo. Se muestra solo en conjunto, con cinco o más."),
    retention=_l(
        "Mientras la cuenta exista; el nombre y el correo de quien dirige a la persona, hasta que responda o cierre "
        "la encuesta. De quien pide no recibir más se guarda una huella de su correo, que no lo dice."
    ),
    export=_export,
    erase=_erase,
)
