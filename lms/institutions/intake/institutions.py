"""A file of institutions: its columns, and what each of its rows would do."""

from dataclasses import dataclass, field
from typing import Final

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import DomainError
from lms.core.folding import fold
from lms.core.i18n import _, _l
from lms.core.tabular import Sheet
from lms.institutions.directory import queries as directory
from lms.institutions.directory.errors import InstitutionClosed
from lms.institutions.directory.models import Institution
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.intake.errors import RowRefused
from lms.institutions.intake.reading import Place, PlaceFinder, check_line, read_lines, read_sector
from lms.institutions.intake.rules import Field, Line, Outcome, Verdict

PERMISSION: Final = DirectoryPermission.MANAGE_INSTITUTIONS
FIELDS: Final = (
    Field(
        name="name",
        label=_l("Nombre"),
        aliases=("nombre", "nombre completo", "institución", "dependencia", "name"),
        hint=_l("Como lo escribe la propia institución."),
        is_needed=True,
    ),
    Field(
        name="short_name",
        label=_l("Nombre corto"),
        aliases=("nombre corto", "siglas", "short name"),
        hint=_l("Opcional."),
        longest=60,
    ),
    Field(
        name="sector",
        label=_l("Sector"),
        aliases=("sector",),
        hint=_l("Opcional. Salud, Educación, Justicia, Seguridad, Migración, Trabajo…"),
    ),
    Field(
        name="territory",
        label=_l("Territorio"),
        aliases=("territorio", "municipio", "estado", "territory"),
        hint=_l("Opcional. Estado, municipio o región."),
        longest=120,
    ),
    Field(
        name="parent",
        label=_l("Depende de"),
        aliases=("depende de", "institución superior", "superior", "parent"),
        hint=_l("Nombre de una institución registrada o de una fila anterior; vacío si no depende de otra."),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionPlan:
    """What saving one row does."""

    verdict: Verdict
    institution: Institution | None = None
    """The one that exists; None when it is added."""
    parent: Place | None = None
    values: dict[str, str | None] = field(default_factory=dict)
    """All values of a new institution, or those that change."""


def plan_institutions(sheet: Sheet, *, actor: Actor) -> list[InstitutionPlan]:
    """Return what saving each row would do, writing nothing; raises ColumnsMissing."""
    lines = read_lines(sheet, FIELDS)
    planner = _Planner(actor)
    return [planner.plan(line) for line in lines]


class _Planner:
    def __init__(self, actor: Actor) -> None:
        known = db.session.scalars(directory.visible_to(actor, PERMISSION)).all()
        self._finder = PlaceFinder.of(known)
        self._by_place = {(each.parent_id, fold(each.name)): each for each in known}
        self._may_add_roots = actor.reach(PERMISSION).everywhere
        self._seen: dict[tuple[object, str], int] = {}

    def plan(self, line: Line) -> InstitutionPlan:
        try:
            check_line(line, FIELDS)
            return self._decide(line)
        except DomainError as refusal:
            return InstitutionPlan(verdict=Verdict(line.row, Outcome.ERROR, line["name"], str(refusal)))

    def _decide(self, line: Line) -> InstitutionPlan:
        parent = self._finder.find(line["parent"]) if line["parent"] else None
        self._refuse_twice(line, parent)
        parent_id = parent.institution.id if parent and parent.institution else None
        is_below_new = parent is not None and parent.institution is None
        known = None if is_below_new else self._by_place.get((parent_id, fold(line["name"])))
        values: dict[str, str | None] = {
            "name": line["name"],
            "short_name": line["short_name"],
            "sector": read_sector(line["sector"]),
            "territory": line["territory"],
        }
        return self._change(line, known, values) if known else self._add(line, parent, values)

    def _refuse_twice(self, line: Line, parent: Place | None) -> None:
        place = (parent.institution.id if parent.institution else parent.line) if parent else None
        before = self._seen.setdefault((place, fold(line["name"])), line.row.line)
        if before != line.row.line:
            raise RowRefused(_("Repetida: es la misma que la de la línea %(line)s.", line=before))

    def _add(self, line: Line, parent: Place | None, values: dict[str, str | None]) -> InstitutionPlan:
        if parent is None and not self._may_add_roots:
            raise RowRefused(_("Escriba de qué institución depende, en la columna «Depende de»."))
        if parent and parent.institution and not parent.institution.is_active:
            raise InstitutionClosed
        place = Place(line["name"], parent.name if parent else "", line=line.row.line)
        self._finder.add(place, line["short_name"])
        detail = _("En: %(name)s", name=parent.name) if parent else ""
        verdict = Verdict(line.row, Outcome.ADD, line["name"], detail)
        return InstitutionPlan(verdict=verdict, parent=parent, values=values)

    @staticmethod
    def _change(line: Line, known: Institution, values: dict[str, str | None]) -> InstitutionPlan:
        """Plan to change what the file says otherwise; an empty cell says nothing."""
        del values["name"]
        changes: dict[str, str | None] = {
            name: value for name, value in values.items() if value and value != getattr(known, name)
        }
        if not changes:
            return InstitutionPlan(verdict=Verdict(line.row, Outcome.KNOWN, known.name), institution=known)
        labels = {each.name: str(each.label) for each in FIELDS}
        detail = ", ".join(f"{labels[name]}: {line[name]}" for name in changes)
        verdict = Verdict(line.row, Outcome.CHANGE, known.name, detail)
        return InstitutionPlan(verdict=verdict, institution=known, values=changes)
