"""Personal data of files on their way in: their rows, until the file is forgotten."""

from uuid import UUID

from sqlalchemy import delete, select

from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.institutions.intake.models import IntakeRun


def _export(person_id: UUID) -> list[Json]:
    runs = select(IntakeRun).where(IntakeRun.person_id == person_id).order_by(IntakeRun.created_at)
    return [
        {"file": run.file_name, "rows": run.total, "sent": str(run.created_at)}
        for run in db.session.scalars(runs)
    ]


def _erase(person_id: UUID) -> int:
    erased = delete(IntakeRun).where(IntakeRun.person_id == person_id).returning(IntakeRun.id)
    return len(db.session.scalars(erased).all())


FILES = PersonalData(
    name="intake.file",
    tables=("intake_run", "intake_batch"),
    purpose=_l("Revisar y guardar por partes un archivo grande de personas."),
    retention=_l("7 días desde que se sube el archivo."),
    export=_export,
    erase=_erase,
)
