"""Personal data of the analysis: what was said of a pattern after looking at it."""

from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select

from lms.assessments.analysis.models import PatternReview
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.learning.models import Enrolment


def _export(person_id: UUID) -> list[Json]:
    rows = select(PatternReview).where(_about(person_id)).order_by(PatternReview.reviewed_at)
    return [
        {"rule": row.rule, "note": row.note, "reviewed": str(row.reviewed_at)}
        for row in db.session.scalars(rows)
    ]


def _erase(person_id: UUID) -> int:
    erased = delete(PatternReview).where(_about(person_id)).returning(PatternReview.id)
    return len(db.session.scalars(erased).all())


def _about(person_id: UUID) -> ColumnElement[bool]:
    mine = select(Enrolment.id).where(Enrolment.person_id == person_id)
    return or_(PatternReview.enrolment_id.in_(mine), PatternReview.other_id.in_(mine))


PATTERN_REVIEWS = PersonalData(
    name="analysis.pattern-review",
    tables=("pattern_review",),
    purpose=_l("No volver a mostrar a quien imparte lo que ya miró. No cambia resultados ni constancias."),
    retention=_l("Mientras la cuenta exista, o hasta que quien imparte vuelva a mostrarlo."),
    export=_export,
    erase=_erase,
)
