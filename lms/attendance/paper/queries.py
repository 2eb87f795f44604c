"""Reads about sheets on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select

from lms.accounts.models import Person
from lms.attendance.models import Meeting
from lms.attendance.paper.models import PaperRow, PaperSheet
from lms.attendance.queries import kept_cohorts
from lms.core.actors import Actor
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.learning.models import Cohort, Enrolment


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row of a sheet with its person."""

    number: int
    code: str
    enrolment: Enrolment
    name: str
    institution: str


def list_sheets(meeting_id: UUID) -> Sequence[PaperSheet]:
    """Return the sheets of a meeting, latest first."""
    return db.session.scalars(
        select(PaperSheet)
        .where(PaperSheet.meeting_id == meeting_id)
        .order_by(PaperSheet.prepared_at.desc(), PaperSheet.id)
    ).all()


def has_sheet_in(room_id: UUID) -> bool:
    """Say whether a sheet was printed of a room."""
    return bool(db.session.scalar(select(exists().where(PaperSheet.room_id == room_id))))


def list_rows(sheet: PaperSheet) -> list[SheetRow]:
    """Return the rows of a sheet in order, in one query."""
    rows = db.session.execute(
        select(PaperRow.number, Enrolment, Person, Institution.name)
        .join(Enrolment, Enrolment.id == PaperRow.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .where(PaperRow.sheet_id == sheet.id)
        .order_by(PaperRow.number)
    ).all()
    return [
        SheetRow(
            number=number,
            code=sheet.code_of(number),
            enrolment=enrolment,
            name=person.name,
            institution=institution,
        )
        for number, enrolment, person, institution in rows
    ]


def find_kept_sheet(actor: Actor, sheet_id: UUID) -> PaperSheet | None:
    """Return a sheet of a meeting whose register the actor keeps."""
    return db.session.scalar(
        select(PaperSheet)
        .join(Meeting, Meeting.id == PaperSheet.meeting_id)
        .join(Cohort, Cohort.id == Meeting.cohort_id)
        .where(PaperSheet.id == sheet_id, kept_cohorts(actor))
    )


def list_with_scan(before: datetime) -> Sequence[PaperSheet]:
    """Return the sheets with a picture whose meetings ended before a moment."""
    return db.session.scalars(
        select(PaperSheet)
        .join(Meeting, Meeting.id == PaperSheet.meeting_id)
        .where(PaperSheet.scan_id.is_not(None), Meeting.ends_at < before)
    ).all()
