"""Personal data of plans: of the person who writes, and of the superior whom they name."""

from uuid import UUID

from sqlalchemy import Select, delete, select

from lms.assessments.attempts.models import Attempt
from lms.assessments.plans.models import Plan
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.learning.models import Enrolment


def _export(person_id: UUID) -> list[Json]:
    own = select(Plan).where(Plan.attempt_id.in_(_own(person_id))).order_by(Plan.sent_at)
    return [
        {
            "attempt": str(plan.attempt_id),
            "superior": plan.superior_name,
            "post": plan.superior_post,
            "email": plan.superior_email,
            "sent": str(plan.sent_at),
            "state": plan.state.value,
            "decided": str(plan.decided_at or ""),
            "comment": plan.comment,
        }
        for plan in db.session.scalars(own)
    ]


def _erase(person_id: UUID) -> int:
    erased = delete(Plan).where(Plan.attempt_id.in_(_own(person_id))).returning(Plan.id)
    return len(db.session.scalars(erased).all())


def _own(person_id: UUID) -> Select[UUID]:
    return (
        select(Attempt.id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Enrolment.person_id == person_id)
    )


PLANS = PersonalData(
    name="plans.plan",
    tables=("application_plan",),
    purpose=_l("Que quien dirige a la persona lea su plan de aplicación y lo apruebe."),
    retention=_l(
        "Mientras la cuenta exista; el correo de quien lo aprueba, hasta el día siguiente de su respuesta "
        "o 60 días después del último mensaje."
    ),
    export=_export,
    erase=_erase,
)
