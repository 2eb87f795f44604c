"""Personal data of learning: why it is kept, and how it is shown and erased."""

from uuid import UUID

from sqlalchemy import delete, select, update

from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.learning.models import Cohort, Completion, Enrolment, UnitProgress


def _export_enrolments(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(Enrolment, Cohort.name)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Enrolment.enrolled_at)
    ).all()
    return [
        {
            "cohort": name,
            "sector": enrolment.sector,
            "state": enrolment.state.value,
            "enrolled": str(enrolment.enrolled_at),
            "started": str(enrolment.started_at or ""),
        }
        for enrolment, name in rows
    ]


def _export_progress(person_id: UUID) -> list[Json]:
    rows = db.session.scalars(
        select(UnitProgress)
        .join(Enrolment, Enrolment.id == UnitProgress.enrolment_id)
        .where(Enrolment.person_id == person_id)
        .order_by(UnitProgress.seen_at)
    ).all()
    return [
        {"unit": str(row.unit_id), "seen": str(row.seen_at), "finished": str(row.finished_at or "")}
        for row in rows
    ]


def _erase_progress(person_id: UUID) -> int:
    own = select(Enrolment.id).where(Enrolment.person_id == person_id)
    erased = db.session.scalars(
        delete(UnitProgress).where(UnitProgress.enrolment_id.in_(own)).returning(UnitProgress.id)
    ).all()
    db.session.execute(
        update(Enrolment).where(Enrolment.person_id == person_id).values(last_unit_id=None, started_at=None)
    )
    return len(erased)


def _export_completions(person_id: UUID) -> list[Json]:
    rows = db.session.scalars(select(Completion).where(Completion.person_id == person_id)).all()
    return [{"completed": str(row.completed_on), "hours": row.hours, "sector": row.sector} for row in rows]


def _keep(_person_id: UUID) -> int:
    """Change nothing: the row names nobody once the account is anonymous, and the totals stay true."""
    return 0


ENROLMENTS = PersonalData(
    name="learning.enrolment",
    tables=("enrolment",),
    purpose=_l("Saber quién estudia qué, por qué institución y con qué apartados de las lecciones."),
    retention=_l("Mientras el programa rinda cuentas; al borrar la cuenta queda sin nombre."),
    export=_export_enrolments,
    erase=_keep,
)
PROGRESS = PersonalData(
    name="learning.progress",
    tables=("unit_progress",),
    purpose=_l("Volver donde la persona se quedó y saber qué le falta."),
    retention=_l("Mientras la cuenta exista."),
    export=_export_progress,
    erase=_erase_progress,
)
COMPLETIONS = PersonalData(
    name="learning.completion",
    tables=("completion",),
    purpose=_l("Dar fe de que la persona completó el curso y contarlo en los informes."),
    retention=_l("Mientras el programa rinda cuentas; al borrar la cuenta queda sin nombre."),
    export=_export_completions,
    erase=_keep,
)
