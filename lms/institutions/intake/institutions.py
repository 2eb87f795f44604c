"""A file of institutions: its columns, and what each of its rows would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from lms.core.actors import Actor
from lms.core.calendar import today
from lms.core.db import db
from lms.core.errors import DomainError
from lms.core.folding import fold
from lms.core.i18n import _, _l
from lms.core.tabular import Sheet
from lms.institutions.directory import queries as directory
from lms.institutions.directory.errors import CodeTaken, GroupHasPeople, InstitutionClosed, InstitutionExists
from lms.institutions.directory.models import Institution
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.rules import NO_DETAILS, Details, Ended, check_change, check_move
from lms.institutions.intake.errors import RowRefused
from lms.institutions.intake.reading import (
    Place,
    PlaceFinder,
    check_line,
    read_day,
    read_lines,
    read_sector,
    read_yes,
)
from lms.institutions.intake.rules import Field, Line, Outcome, Verdict
from lms.institutions.territories.models import Territory
from lms.institutions.territories.queries import list_all

PERMISSION: Final = DirectoryPermission.MANAGE_INSTITUTIONS
CHANGED: Final = _l("Cambió el")
FIELDS: Final = (
    Field(
        name="code",
        label=_l("Clave"),
        aliases=("clave", "código", "id", "code", "key"),
        hint=_l("Opcional. Con ella se reconoce a la institución aunque cambie de nombre o de lugar."),
        longest=40,
    ),
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
        name="territory_code",
        label=_l("Código de territorio"),
        aliases=("código de territorio", "iso 3166-2", "territory code"),
        hint=_l("Opcional. Código ISO (MX-ROO) o nacional de un territorio del catálogo."),
    ),
    Field(
        name="parent",
        label=_l("Depende de"),
        aliases=("depende de", "institución superior", "superior", "parent"),
        hint=_l(
            "Nombre o clave de una institución registrada o de una fila anterior; vacío si no depende de otra."
        ),
    ),
    Field(
        name="is_group",
        label=_l("Grupo"),
        aliases=("grupo", "group"),
        hint=_l("Opcional. «Sí» si solo nombra a varias, como «Ayuntamientos»."),
    ),
    Field(
        name="opened_on",
        label=_l("Existe desde"),
        aliases=("existe desde", "vigente desde", "desde", "exists since", "from"),
        hint=_l("Opcional. Primer día, 2026-11-20."),
    ),
    Field(
        name="changed_on",
        label=CHANGED,
        aliases=("cambió el", "cambio", "changed on"),
        hint=_l("Necesaria si una institución con clave trae otro nombre u otra superior: desde qué día."),
    ),
)
TEXTS: Final = ("short_name", "territory")


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionPlan:
    """What saving one row does."""

    verdict: Verdict
    institution: Institution | None = None
    """The one that exists; None when it is added."""
    parent: Place | None = None
    """Where it is added, or moves."""
    values: dict[str, str | None] = field(default_factory=dict)
    """All values of a new institution, or those that change; ``name`` is there when it changes from a day on."""
    details: Details = NO_DETAILS
    changed_on: date | None = None
    moves: bool = False


def plan_institutions(sheet: Sheet, *, actor: Actor) -> list[InstitutionPlan]:
    """Return what saving each row would do, writing nothing; raises ColumnsMissing."""
    lines = read_lines(sheet, FIELDS)
    planner = _Planner(actor, lines)
    return [planner.plan(line) for line in lines]


class _Planner:
    def __init__(self, actor: Actor, lines: Sequence[Line]) -> None:
        known = db.session.scalars(directory.visible_to(actor, PERMISSION)).all()
        self._finder = PlaceFinder.of(known)
        self._by_place = {(each.parent_id, fold(each.name)): each for each in known}
        self._by_code = {each.code: each for each in known if each.code}
        self._taken = directory.list_codes({line["code"] for line in lines if line["code"]}) - set(
            self._by_code
        )
        self._territories = _by_code(list_all()) if any(line["territory_code"] for line in lines) else {}
        self._may_add_roots = actor.reach(PERMISSION).everywhere
        self._seen: dict[object, int] = {}

    def plan(self, line: Line) -> InstitutionPlan:
        try:
            check_line(line, FIELDS)
            return self._decide(line)
        except DomainError as refusal:
            return InstitutionPlan(verdict=Verdict(line.row, Outcome.ERROR, line["name"], str(refusal)))

    def _decide(self, line: Line) -> InstitutionPlan:
        parent = self._finder.find(line["parent"]) if line["parent"] else None
        parent_id = parent.institution.id if parent and parent.institution else None
        is_below_new = parent is not None and parent.institution is None
        at_place = None if is_below_new else self._by_place.get((parent_id, fold(line["name"])))
        known = self._by_code.get(line["code"]) or at_place
        place = (
            known.id if known else (parent.line if is_below_new and parent else parent_id, fold(line["name"]))
        )
        self._refuse_twice(line, place)
        if line["code"] in self._taken:
            raise CodeTaken
        details = self._details(line)
        return self._change(line, known, parent, details) if known else self._add(line, parent, details)

    def _refuse_twice(self, line: Line, place: object) -> None:
        for key in filter(None, (place, f"code:{line['code']}" if line["code"] else "")):
            before = self._seen.setdefault(key, line.row.line)
            if before != line.row.line:
                raise RowRefused(_("Repetida: es la misma que la de la línea %(line)s.", line=before))

    def _details(self, line: Line) -> Details:
        territory = None
        if line["territory_code"]:
            found = self._territories.get(line["territory_code"].upper(), [])
            if len(found) != 1:
                raise RowRefused(
                    _("No hay un territorio con el código «%(code)s».", code=line["territory_code"]),
                    _("Código de territorio"),
                )
            territory = found[0]
        return Details(
            code=line["code"] or None,
            opened_on=read_day(line["opened_on"], _("Existe desde")),
            territory_id=territory.id if territory else None,
            is_group=read_yes(line["is_group"], _("Grupo")),
            located_as=territory.name if territory else "",
        )

    def _add(self, line: Line, parent: Place | None, details: Details) -> InstitutionPlan:
        if parent is None and not self._may_add_roots:
            raise RowRefused(_("Escriba de qué institución depende, en la columna «Depende de»."))
        if parent and parent.institution and not parent.institution.is_active:
            raise InstitutionClosed
        place = Place(line["name"], parent.name if parent else "", line=line.row.line)
        self._finder.add(place, line["short_name"], line["code"])
        detail = _("En: %(name)s", name=parent.name) if parent else ""
        verdict = Verdict(line.row, Outcome.ADD, line["name"], detail)
        return InstitutionPlan(verdict=verdict, parent=parent, values=_values(line), details=details)

    def _change(
        self, line: Line, known: Institution, parent: Place | None, details: Details
    ) -> InstitutionPlan:
        """Plan to change what the file says otherwise; an empty cell says nothing."""
        values = _values(line)
        is_renamed = fold(line["name"]) != fold(known.name)
        moves = parent is not None and (
            parent.institution is None or parent.institution.id != known.parent_id
        )
        if not is_renamed:
            del values["name"]
        texts: dict[str, str | None] = {
            name: value
            for name, value in values.items()
            if value and (name == "name" or value != getattr(known, name))
        }
        told = {name: line[name] for name in texts}
        told |= {name: line[name] for name in _changed(known, details)} | (
            {"parent": line["parent"]} if moves else {}
        )
        if not told:
            return InstitutionPlan(verdict=Verdict(line.row, Outcome.KNOWN, known.name), institution=known)
        if details.is_group and not known.is_group and directory.has_people(known.id, today()):
            raise GroupHasPeople
        changed_on = (
            self._check_dated(line, known, parent, is_renamed=is_renamed) if is_renamed or moves else None
        )
        detail = ", ".join(f"{each.label}: {told[each.name]}" for each in FIELDS if each.name in told)
        return InstitutionPlan(
            verdict=Verdict(line.row, Outcome.CHANGE, known.name, detail),
            institution=known,
            parent=parent if moves else None,
            values=texts,
            details=details,
            changed_on=changed_on,
            moves=moves,
        )

    def _check_dated(self, line: Line, known: Institution, parent: Place | None, *, is_renamed: bool) -> date:
        """Return from which day on it has another name or place; raises RowRefused and refusals of such changes."""
        day = read_day(line["changed_on"], CHANGED)
        if day is None:
            raise RowRefused(
                _("Con esa clave se llama o depende de otra manera. Escriba desde qué día cambió."), CHANGED
            )
        above = parent.institution if parent else None
        moves = parent is not None and (above is None or above.id != known.parent_id)
        earlier: list[Ended] = []
        if is_renamed:
            earlier += directory.list_former_names([known.id])[known.id]
        if moves:
            earlier += directory.list_former_parents([known.id])[known.id]
        check_change(day, today=today(), earlier=earlier, opened_on=known.opened_on)
        if above and moves:
            check_move(known.path, above.path)
            if not above.is_active:
                raise InstitutionClosed
        place = above.id if above else known.parent_id
        other = self._by_place.get((place, fold(line["name"])))
        if other and other is not known:
            raise InstitutionExists
        return day


def _values(line: Line) -> dict[str, str | None]:
    return {
        "name": line["name"],
        "short_name": line["short_name"],
        "sector": read_sector(line["sector"]),
        "territory": line["territory"],
    }


def _changed(known: Institution, details: Details) -> list[str]:
    """Return which columns of the details say something new."""
    said = {
        "code": (details.code, known.code),
        "opened_on": (details.opened_on, known.opened_on),
        "territory_code": (details.territory_id, known.territory_id),
        "is_group": (details.is_group, known.is_group),
    }
    return [name for name, (new, old) in said.items() if new is not None and new != old]


def _by_code(territories: Sequence[Territory]) -> Mapping[str, list[Territory]]:
    found: dict[str, list[Territory]] = {}
    for each in territories:
        for code in filter(None, (each.iso_code, each.national_code)):
            found.setdefault(code, []).append(each)
    return found
