"""Personal data of nominations: why it is kept, and how it is shown and erased."""

from uuid import UUID

from sqlalchemy import or_, select, update

from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.learning.models import Cohort
from lms.learning.nominations.models import Nomination, NominationCall


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(Nomination, Cohort.name)
        .join(NominationCall, NominationCall.id == Nomination.call_id)
        .join(Cohort, Cohort.id == NominationCall.cohort_id)
        .where(Nomination.person_id == person_id)
        .order_by(Nomination.proposed_at)
    ).all()
    return [
        {
            "cohort": name,
            "state": nomination.state.value,
            "proposed": str(nomination.proposed_at),
            "decided": str(nomination.decided_at or ""),
            "reason": nomination.reason,
            "late": nomination.late_reason,
            "exception": nomination.exception_reason,
        }
        for nomination, name in rows
    ]


def _erase(person_id: UUID) -> int:
    """Forget the words about the person; the row names nobody once the account is anonymous, and counts stay true."""
    has_words = or_(Nomination.reason != "", Nomination.late_reason != "", Nomination.exception_reason != "")
    changed = (
        update(Nomination)
        .where(Nomination.person_id == person_id, has_words)
        .values(reason="", late_reason="", exception_reason="")
        .returning(Nomination.id)
    )
    return len(db.session.scalars(changed).all())


NOMINATIONS = PersonalData(
    name="nominations.nomination",
    tables=("nomination",),
    purpose=_l("Saber a quién propuso cada institución, qué se decidió y quién tomó el lugar de quién."),
    retention=_l("Mientras el programa rinda cuentas; al borrar la cuenta queda sin nombre ni motivos."),
    export=_export,
    erase=_erase,
)
