"""Personal data of merging: which records became one, and what stood where before."""

from uuid import UUID

from sqlalchemy import delete, or_, select

from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.institutions.merging.models import DistinctPeople, MergeChange, PersonMerge


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.scalars(
        select(PersonMerge)
        .where(or_(PersonMerge.kept_id == person_id, PersonMerge.gone_id == person_id))
        .order_by(PersonMerge.merged_at)
    ).all()
    return [
        {"merged": str(row.merged_at), "other_name": row.gone_name, "undone": str(row.undone_at or "")}
        for row in rows
    ]


def _erase(person_id: UUID) -> int:
    """Forget what stood before, and with it the way back; that two records are one is kept without names."""
    own = select(PersonMerge.id).where(
        or_(PersonMerge.kept_id == person_id, PersonMerge.gone_id == person_id)
    )
    gone = db.session.scalars(
        delete(MergeChange).where(MergeChange.merge_id.in_(own)).returning(MergeChange.id)
    ).all()
    for row in db.session.scalars(select(PersonMerge).where(PersonMerge.id.in_(own))):
        row.gone_name = "—"
    pairs = or_(DistinctPeople.first_id == person_id, DistinctPeople.second_id == person_id)
    db.session.execute(delete(DistinctPeople).where(pairs))
    return len(gone)


MERGES = PersonalData(
    name="merging.merge",
    tables=("person_merge", "person_merge_change", "distinct_people"),
    purpose=_l("Reunir los registros de una misma persona sin perder nada, y poder deshacerlo."),
    retention=_l("Lo que había antes, 30 días; que se reunieron, mientras la cuenta exista."),
    export=_export,
    erase=_erase,
)
