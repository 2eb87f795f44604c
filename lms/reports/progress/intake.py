"""A file of indicators: what each row says. Nothing of it is saved while one row is wrong."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import DomainError
from lms.core.folding import fold
from lms.core.i18n import _, _l
from lms.core.tabular import Sheet
from lms.institutions.directory.models import Institution
from lms.institutions.intake.errors import RowRefused
from lms.institutions.intake.reading import PlaceFinder, check_line, read_lines
from lms.institutions.intake.rules import Field, Line
from lms.institutions.programmes.models import Membership, Programme
from lms.reports.progress import plan, queries
from lms.reports.progress.errors import TargetsUnreadable
from lms.reports.progress.plan import IndicatorValues
from lms.reports.progress.rules import Joining, read_targets
from lms.reports.progress.words import JOININGS, YES

FIELDS: Final = (
    Field(name="objective", label=_l("Objetivo"), aliases=("objetivo",), is_needed=True, longest=20),
    Field(name="number", label=_l("Clave"), aliases=("clave", "código"), is_needed=True, longest=20),
    Field(name="name", label=_l("Indicador"), aliases=("indicador", "nombre"), is_needed=True),
    Field(name="definition", label=_l("Definición"), aliases=("definición",), longest=2000),
    Field(name="unit", label=_l("Unidad"), aliases=("unidad",), is_needed=True, longest=60),
    Field(name="source", label=_l("Fuente"), aliases=("fuente",)),
    Field(name="responsible", label=_l("Responsables"), aliases=("responsables",), longest=4000),
    Field(name="targets", label=_l("Metas"), aliases=("metas",), longest=1000),
    Field(name="joining", label=_l("Cómo se juntan"), aliases=("cómo se juntan",)),
    Field(name="is_automatic", label=_l("Lo cuenta la plataforma"), aliases=("lo cuenta la plataforma",)),
    Field(name="is_active", label=_l("Vigente"), aliases=("vigente",)),
)
_YES: Final = {"si", "yes", "x", "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """What one row says, or what is wrong with it."""

    line: int
    label: str
    problem: str = ""
    is_new: bool = True
    values: IndicatorValues | None = None


def read_plan(sheet: Sheet, programme: Programme) -> list[PlanRow]:
    """Return what each row says, writing nothing; raises ColumnsMissing."""
    lines = read_lines(sheet, FIELDS)
    members = select(Membership.institution_id).where(Membership.programme_id == programme.id)
    places = PlaceFinder.of(db.session.scalars(select(Institution).where(Institution.id.in_(members))).all())
    known = {each.indicator.number for each in queries.list_plan(programme.id)}
    seen: dict[str, int] = {}
    return [_row(line, places, known, seen) for line in lines]


def save_plan(rows: list[PlanRow], programme: Programme, *, actor: Actor, now: datetime) -> None:
    """Add or change every indicator of the rows."""
    for row in rows:
        if row.values:
            indicator = queries.find_by_number(programme.id, row.values.number)
            plan.set_indicator(programme, row.values, indicator=indicator, actor=actor, now=now)


def _row(line: Line, places: PlaceFinder, known: set[str], seen: dict[str, int]) -> PlanRow:
    number = line["number"]
    try:
        check_line(line, FIELDS)
        before = seen.setdefault(number, line.row.line)
        if before != line.row.line:
            raise RowRefused(_("Repetida: es la misma que la de la línea %(line)s.", line=before))
        values = _values(line, places)
    except DomainError as refusal:
        return PlanRow(line=line.row.line, label=number, problem=str(refusal))
    return PlanRow(line=line.row.line, label=number, is_new=number not in known, values=values)


def _values(line: Line, places: PlaceFinder) -> IndicatorValues:
    try:
        targets = read_targets(line["targets"])
    except ValueError as error:
        raise TargetsUnreadable from error
    return IndicatorValues(
        number=line["number"],
        objective=line["objective"].upper(),
        name=line["name"],
        definition=line["definition"],
        unit=line["unit"],
        source=line["source"],
        joining=_joining(line["joining"]),
        is_automatic=_is_yes(line["is_automatic"]),
        is_active=_is_yes(line["is_active"] or "x"),
        responsible=tuple(_places(line["responsible"], places)),
        targets=targets,
    )


def _places(text: str, places: PlaceFinder) -> list[UUID]:
    found = [places.find(name.strip()).institution for name in text.split("|") if name.strip()]
    return [each.id for each in found if each]


def _joining(text: str) -> Joining:
    if not text:
        return Joining.SUM
    for joining, label in JOININGS.items():
        if fold(text) in {joining.value, fold(str(label))}:
            return joining
    names = ", ".join(str(label) for label in JOININGS.values())
    raise RowRefused(_("No se conoce «%(text)s». Use: %(names)s.", text=text, names=names))


def _is_yes(text: str) -> bool:
    return fold(text) in {*_YES, fold(str(YES))}
