"""How marks of attendance follow when two records of one person become one, and when that is undone.

What was observed of either is observed of one person then. A mark follows from all of it, so it is folded again while
the merge is planned: the cells that it writes are in the merge's log, and undoing puts back what stood in them.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from lms.attendance import recording
from lms.attendance.folding import fold
from lms.attendance.models import Attendance, AttendanceObservation, Mark, Meeting
from lms.core.db import db
from lms.core.i18n import _l
from lms.institutions.merging.messages import MergeUndone
from lms.learning.models import Enrolment
from lms.plugins.people import PersonRows, Row

_ORDER: Final = (Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY, Mark.EXCUSED, Mark.ABSENT)
"""What says more of a person who was written down twice: they were where either of the two was seen."""


def _says_more(row: Row, other: Row) -> bool:
    return _ORDER.index(row["mark"]) < _ORDER.index(other["mark"])


def _folded(pairs: Sequence[tuple[Any, Any]]) -> Mapping[Any, Row]:
    """Return what marks say at meetings where both enrolments were observed, in three queries."""
    target_of = dict(pairs)
    owners = {key for pair in pairs for key in pair}
    marks = _marks_of(owners)
    found: dict[Any, Row] = {}
    for meeting, (source, target), known in _observed(owners, target_of):
        mark = marks.get((target, meeting.id)) or marks.get((source, meeting.id))
        folded = fold((each.seen for each in known), meeting.terms)
        if mark is not None and folded is not None:
            decisive = next(each for each in known if each.id == folded.decided_by)
            found[mark.id] = recording.values_of(folded, decisive)
    return found


def _marks_of(owners: set[UUID]) -> dict[tuple[UUID, UUID], Attendance]:
    rows = db.session.scalars(select(Attendance).where(Attendance.enrolment_id.in_(owners)))
    return {(row.enrolment_id, row.meeting_id): row for row in rows}


def _observed(
    owners: set[UUID], target_of: Mapping[UUID, UUID]
) -> Iterator[tuple[Meeting, tuple[UUID, UUID], list[AttendanceObservation]]]:
    """Yield the meetings where both of a pair were observed, with the pair and everything observed of the two."""
    row = AttendanceObservation
    rows = db.session.scalars(
        select(row).where(row.enrolment_id.in_(owners)).order_by(row.meeting_id, row.id)
    ).all()
    meetings = {
        each.id: each
        for each in db.session.scalars(
            select(Meeting).where(Meeting.id.in_({each.meeting_id for each in rows}))
        )
    }
    for meeting_id, group in groupby(rows, key=lambda each: each.meeting_id):
        here = list(group)
        seen = {each.enrolment_id for each in here}
        for source, target in target_of.items():
            if {source, target} <= seen:
                known = [each for each in here if each.enrolment_id in {source, target}]
                yield meetings[meeting_id], (source, target), known


def fold_after_undoing(event: MergeUndone) -> None:
    """Fold again what either of two records has at meetings where both were observed: something may be newer."""
    twins = (event.subject_id, event.gone_id)
    row = AttendanceObservation
    both = (
        select(row.meeting_id)
        .join(Enrolment, Enrolment.id == row.enrolment_id)
        .where(Enrolment.person_id.in_(twins))
        .group_by(row.meeting_id)
        .having(func.count(row.enrolment_id.distinct()) > 1)
    )
    for meeting in db.session.scalars(select(Meeting).where(Meeting.id.in_(both)).order_by(Meeting.id)).all():
        people = select(Enrolment.id).where(
            Enrolment.cohort_id == meeting.cohort_id, Enrolment.person_id.in_(twins)
        )
        recording.fold_again(
            meeting, people=db.session.scalars(people).all(), actor=event.actor, now=event.at
        )


PERSON_ROWS = [
    PersonRows(
        name="attendance.mark",
        label=_l("Asistencias"),
        table="attendance",
        column="enrolment_id",
        owner="enrolment",
        same=("meeting_id",),
        wins=_says_more,
        derives=_folded,
    ),
    PersonRows(
        name="attendance.observation",
        label=_l("Registros de asistencia"),
        table="attendance_observation",
        column="enrolment_id",
        owner="enrolment",
    ),
]
