"""Personal data of reports of calls: the names that are remembered, and the files themselves."""

from uuid import UUID

from sqlalchemy import delete, select

from lms.attendance.meeting_reports.models import CallAlias, CallReport
from lms.core import private_files
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.learning.models import Cohort, Enrolment


def _export_names(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(CallAlias, Cohort.name)
        .join(Enrolment, Enrolment.id == CallAlias.enrolment_id)
        .join(Cohort, Cohort.id == CallAlias.cohort_id)
        .where(Enrolment.person_id == person_id)
        .order_by(CallAlias.decided_at)
    ).all()
    return [{"cohort": cohort, "name": alias.shown, "since": str(alias.decided_at)} for alias, cohort in rows]


def _erase_names(person_id: UUID) -> int:
    own = select(Enrolment.id).where(Enrolment.person_id == person_id)
    erased = delete(CallAlias).where(CallAlias.enrolment_id.in_(own)).returning(CallAlias.id)
    return len(db.session.scalars(erased).all())


def _files(person_id: UUID) -> list[CallReport]:
    own = select(Enrolment.cohort_id).where(Enrolment.person_id == person_id)
    statement = select(CallReport).where(CallReport.cohort_id.in_(own)).order_by(CallReport.sent_at)
    return list(db.session.scalars(statement))


def _export_files(person_id: UUID) -> list[Json]:
    """Return which files may name the person; their content names others too, so it is not handed out."""
    return [{"sent": str(each.sent_at), "kept": each.has_file} for each in _files(person_id)]


def _erase_files(person_id: UUID) -> int:
    """Erase the files of the person's cohorts at once: they name everybody in a call, and the marks stay."""
    kept = [each for each in _files(person_id) if each.has_file]
    for each in kept:
        private_files.forget(each.file_digest)
        each.file_id, each.file_digest = None, ""
    return len(kept)


NAMES = PersonalData(
    name="meeting-reports.alias",
    tables=("call_alias",),
    purpose=_l("Reconocer a la persona en las videollamadas de su cohorte por el nombre que usa en ellas."),
    retention=_l("Mientras la cuenta exista, o hasta que quien lleva la lista lo olvide."),
    export=_export_names,
    erase=_erase_names,
)
FILES = PersonalData(
    name="meeting-reports.file",
    tables=("call_report",),
    purpose=_l("Conservar el reporte de una videollamada como evidencia de las asistencias que dio."),
    retention=_l(
        "El archivo, 90 días después de aplicarse, o dos días si nadie lo aplica; después solo los totales."
    ),
    export=_export_files,
    erase=_erase_files,
)
