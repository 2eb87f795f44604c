"""Personal data of quarterly progress: who wrote, decided and reminded."""

from uuid import UUID

from sqlalchemy import select, update

from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.reports.progress.models import ProgressReminder, ProgressStep


def _export(person_id: UUID) -> list[Json]:
    steps = db.session.scalars(
        select(ProgressStep).where(ProgressStep.person_id == person_id).order_by(ProgressStep.at)
    )
    reminders = db.session.scalars(
        select(ProgressReminder)
        .where(ProgressReminder.person_id == person_id)
        .order_by(ProgressReminder.sent_at)
    )
    return [
        *({"what": row.kind.value, "at": row.at.isoformat(), "note": row.note} for row in steps),
        *({"what": "reminded", "at": row.sent_at.isoformat(), "letters": row.letters} for row in reminders),
    ]


def _erase(person_id: UUID) -> int:
    """Take the person out of the history; what the institution reported is its own and stays."""
    changed = 0
    for table in (ProgressStep, ProgressReminder):
        statement = update(table).where(table.person_id == person_id).values(person_id=None)
        changed += len(db.session.scalars(statement.returning(table.id)).all())
    return changed


STEPS = PersonalData(
    name="progress.steps",
    tables=("progress_step", "progress_reminder"),
    purpose=_l("Saber quién escribió, envió, aceptó o devolvió el avance de un integrante, y quién recordó."),
    retention=_l("Mientras exista el programa; al borrar la cuenta queda el avance sin el nombre."),
    export=_export,
    erase=_erase,
)
