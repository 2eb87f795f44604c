"""Completion by institution and sector: the sentence that the product is bought for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.core.db import db
from lms.core.i18n import _l
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import get_programme, member_condition, targets_of
from lms.plugins.reports import Column, ColumnKind, Question, Report, Row
from lms.reports.permissions import ReportPermission
from lms.reports.queries.completion import Group, count_groups


@dataclass(frozen=True, slots=True)
class Place:
    """Where a group is counted."""

    id: UUID
    name: str
    sector: str | None
    path: str


Tally = dict[tuple[Place, str | None], list[int]]


class CompletionByInstitution(Report):
    """Enrolled and completed people by institution and sector, with the target of the year.

    Enrolled: people whose enrolment began in the period and was not withdrawn, each counted once. Completed:
    those of them whose completion is dated on or before the last day of the period. A commission sees them at
    its member institutions; a focal point at the offices of their own institution.

    People count where they were enrolled, in both columns, so that nobody's change of post moves a figure that was
    already reported; the completion itself and the certificate name the institution of the day it was completed.
    """

    name = "completion-by-institution"
    label = _l("Avance por institución")
    permission = ReportPermission.READ
    columns = (
        Column(name="institution", label=_l("Institución")),
        Column(name="sector", label=_l("Sector"), kind=ColumnKind.SECTOR),
        Column(name="enrolled", label=_l("Inscritas"), kind=ColumnKind.COUNT),
        Column(name="completed", label=_l("Completaron"), kind=ColumnKind.COUNT),
        Column(name="before", label=_l("Hace 30 días"), kind=ColumnKind.COUNT, is_internal=True),
        Column(name="share", label=_l("Avance"), kind=ColumnKind.PERCENT, of=("completed", "enrolled")),
        Column(name="target", label=_l("Meta"), kind=ColumnKind.TARGET),
        Column(
            name="change",
            label=_l("Cambio en 30 días"),
            kind=ColumnKind.POINTS,
            of=("completed", "before", "enrolled"),
        ),
    )

    def rows(self, question: Question) -> Sequence[Row]:
        """Return one row per place and sector; members with nobody enrolled are rows of zeros."""
        programme = get_programme(question.programme_id)
        targets = targets_of(programme, question.period.last.year)
        places = _places(question)
        tally = _tally(count_groups(question, ZoneInfo(programme.timezone)), places)
        if not question.sector:
            _add_gaps(tally, places)
        return [
            (place.name, sector, *counts, None, _target(programme, targets, place), None)
            for (place, sector), counts in tally.items()
        ]


def _target(programme: Programme, targets: dict[UUID, float], place: Place) -> float:
    return targets.get(place.id, programme.target_share)


def _places(question: Question) -> list[Place]:
    """Return where groups are counted: member institutions, or every office inside the asker's own."""
    statement = select(Institution).order_by(Institution.search_text)
    if not question.sees_whole_programme:
        roots = select(Institution.path).where(Institution.id.in_(question.reach.institutions)).subquery()
        statement = statement.join(roots, Institution.path.like(roots.c.path + "%")).distinct()
    else:
        statement = statement.where(member_condition(question.programme_id, question.period.last))
    return [Place(row.id, row.name, row.sector, row.path) for row in db.session.scalars(statement)]


def _tally(groups: Iterable[Group], places: Sequence[Place]) -> Tally:
    tally: Tally = {}
    names = _unplaced_names(groups := list(groups), places)
    for group in groups:
        place = _nearest(group, places) or names[group.institution_id]
        counts = tally.setdefault((place, group.sector), [0, 0, 0])
        for index, value in enumerate((group.enrolled, group.completed, group.completed_before)):
            counts[index] += value
    return tally


def _nearest(group: Group, places: Sequence[Place]) -> Place | None:
    """Return the place lowest in the tree that holds the group's institution."""
    above = [place for place in places if group.path.startswith(place.path)]
    return max(above, key=lambda place: len(place.path), default=None)


def _unplaced_names(groups: Sequence[Group], places: Sequence[Place]) -> dict[UUID, Place]:
    """Return institutions that have people but are no longer members: facts of the past keep their name."""
    ids = [group.institution_id for group in groups if _nearest(group, places) is None]
    rows = db.session.scalars(select(Institution).where(Institution.id.in_(ids))) if ids else ()
    return {row.id: Place(row.id, row.name, row.sector, row.path) for row in rows}


def _add_gaps(tally: Tally, places: Sequence[Place]) -> None:
    """Add the places where nobody is enrolled: the commission must see who sent nobody."""
    filled = {place for place, _sector in tally}
    for place in places:
        if place not in filled:
            tally[(place, place.sector)] = [0, 0, 0]
