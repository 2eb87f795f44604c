"""A file of territories: its columns, and what each of its rows would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from uuid import UUID

from lms.core.errors import DomainError
from lms.core.folding import fold
from lms.core.i18n import _, _l
from lms.core.tabular import Sheet
from lms.institutions.intake.errors import RowRefused
from lms.institutions.intake.reading import check_line, read_day, read_lines
from lms.institutions.intake.rules import Field, Line, Outcome, Verdict
from lms.institutions.territories import rules
from lms.institutions.territories.models import Territory
from lms.institutions.territories.queries import list_all
from lms.institutions.territories.rules import TerritoryKind, TerritoryValues
from lms.institutions.territories.words import KINDS

FIELDS: Final = (
    Field(
        name="iso_code",
        label=_l("Código ISO"),
        aliases=("código iso", "iso", "iso 3166-2", "iso code"),
        hint=_l("ISO 3166-1 de un país (MX) o ISO 3166-2 de su unidad (MX-ROO). Vacío donde no hay."),
    ),
    Field(
        name="national_code",
        label=_l("Código nacional"),
        aliases=("código nacional", "inegi", "cvegeo", "ubigeo", "dpa", "national code"),
        hint=_l("Opcional. El de la oficina de estadística del país, con sus ceros."),
    ),
    Field(
        name="name", label=_l("Nombre"), aliases=("nombre", "territorio", "name"), is_needed=True, longest=160
    ),
    Field(
        name="aliases",
        label=_l("Otros nombres"),
        aliases=("otros nombres", "other names"),
        hint=_l("Opcional. Los que significan lo mismo, con «|» entre ellos."),
        longest=300,
    ),
    Field(
        name="kind",
        label=_l("Tipo"),
        aliases=("tipo", "nivel", "kind"),
        hint=_l("País, Región, Municipio o Localidad, o el nombre que le da su país."),
        is_needed=True,
    ),
    Field(
        name="parent",
        label=_l("Dentro de"),
        aliases=("dentro de", "contenido en", "superior", "parent"),
        hint=_l("Código o nombre de un territorio registrado o de una fila anterior; vacío en un país."),
    ),
    Field(name="starts_on", label=_l("Desde"), aliases=("desde", "from"), hint=_l("Opcional. 2026-11-20.")),
    Field(name="ends_on", label=_l("Hasta"), aliases=("hasta", "to"), hint=_l("Opcional. Último día.")),
    Field(
        name="source",
        label=_l("Fuente"),
        aliases=("fuente", "source"),
        hint=_l("De dónde se tomó la fila."),
        longest=200,
    ),
    Field(
        name="source_on",
        label=_l("Fecha de la fuente"),
        aliases=("fecha de la fuente", "source date"),
        hint=_l("Opcional. 2026-11-20."),
    ),
)
WORDS: Final = {
    TerritoryKind.COUNTRY: ("pais",),
    TerritoryKind.REGION: ("region", "estado", "departamento", "provincia", "entidad", "entidad federativa"),
    TerritoryKind.MUNICIPALITY: ("municipio", "canton", "alcaldia", "demarcacion territorial"),
    TerritoryKind.LOCALITY: ("localidad", "distrito", "parroquia", "ciudad"),
}
STEPS: Final = tuple(TerritoryKind)


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A territory that exists, or one that an earlier row of the file adds."""

    values: TerritoryValues
    above: "Spot | None" = None
    territory: Territory | None = None
    line: int = 0

    @property
    def country(self) -> str:
        """Return the code of its country."""
        return self.above.country if self.above else self.values.iso_code or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryPlan:
    """What saving one row does."""

    verdict: Verdict
    spot: Spot | None = None
    """What is added, or changed to its values; None for an error."""


def plan_territories(sheet: Sheet) -> list[TerritoryPlan]:
    """Return what saving each row would do, writing nothing; raises ColumnsMissing."""
    lines = read_lines(sheet, FIELDS)
    planner = _Planner.of(list_all())
    return [planner.plan(line) for line in lines]


@dataclass(slots=True)
class _Planner:
    _by_code: dict[tuple[str, str], Spot] = field(default_factory=dict)
    """By ("", ISO code) and by (country, national code)."""
    _by_name: dict[str, list[Spot]] = field(default_factory=dict)
    _seen: dict[Spot, int] = field(default_factory=dict)

    @classmethod
    def of(cls, territories: list[Territory]) -> "_Planner":
        planner, spots = cls(), dict[UUID, Spot]()
        for each in territories:
            above = spots[each.parent_id] if each.parent_id else None
            spots[each.id] = Spot(each.values, above, each)
            planner._keep(spots[each.id])
        return planner

    def plan(self, line: Line) -> TerritoryPlan:
        try:
            check_line(line, FIELDS)
            return self._decide(line, _read(line))
        except DomainError as refusal:
            return TerritoryPlan(verdict=Verdict(line.row, Outcome.ERROR, line["name"], str(refusal)))

    def _decide(self, line: Line, values: TerritoryValues) -> TerritoryPlan:
        above = self._find(line["parent"]) if line["parent"] else None
        known = self._known(values, above)
        if known is None:
            _check_step(values, above)
            spot = Spot(values, above, line=line.row.line)
            self._keep(spot)
            self._seen[spot] = line.row.line
            detail = _("En: %(name)s", name=above.values.name) if above else ""
            return TerritoryPlan(verdict=Verdict(line.row, Outcome.ADD, values.name, detail), spot=spot)
        self._refuse_twice(known, line)
        return _change(line, known, values, above)

    def _refuse_twice(self, known: Spot, line: Line) -> None:
        before = self._seen.setdefault(known, line.row.line)
        if before != line.row.line:
            raise RowRefused(_("Repetida: es la misma que la de la línea %(line)s.", line=before))

    def _keep(self, spot: Spot) -> None:
        values = spot.values
        if values.iso_code:
            self._by_code["", values.iso_code] = spot
        if values.national_code:
            self._by_code[spot.country, values.national_code] = spot
        for name in {fold(each) for each in (values.name, *values.aliases)}:
            self._by_name.setdefault(name, []).append(spot)

    def _known(self, values: TerritoryValues, above: Spot | None) -> Spot | None:
        """Return the same territory: that of its ISO code, of its national code, else of its name and place."""
        if values.iso_code and (found := self._by_code.get(("", values.iso_code))):
            return found
        if above and values.national_code:
            found = self._by_code.get((above.country, values.national_code))
            if found:
                return found
        same = [
            each
            for each in self._by_name.get(fold(values.name), [])
            if each.above is above and each.values.kind is values.kind and _may_be(each.values, values)
        ]
        return same[0] if len(same) == 1 else None

    def _find(self, text: str) -> Spot:
        code = rules.read_iso(text)
        if code and ("", code) in self._by_code:
            return self._by_code["", code]
        found = self._by_name.get(fold(text), [])
        if len(found) == 1:
            return found[0]
        column = _("Dentro de")
        if not found:
            raise RowRefused(_("No se encontró el territorio «%(name)s».", name=text), column)
        raise RowRefused(
            _("Hay %(count)s territorios «%(name)s». Escriba su código ISO.", count=len(found), name=text),
            column,
        )


def _may_be(known: TerritoryValues, values: TerritoryValues) -> bool:
    """Say whether no code tells them apart: what had none may get one."""
    pairs = ((known.iso_code, values.iso_code), (known.national_code, values.national_code))
    return all(not one or not other or one == other for one, other in pairs)


def _check_step(values: TerritoryValues, above: Spot | None) -> None:
    if (values.kind is TerritoryKind.COUNTRY) != (above is None):
        raise RowRefused(_("Un país no está dentro de otro territorio; los demás dicen dentro de cuál."))
    if above is None:
        if not values.iso_code or "-" in values.iso_code:
            raise RowRefused(_("Un país lleva su código ISO de dos letras."), _("Código ISO"))
        return
    if STEPS.index(values.kind) <= STEPS.index(above.values.kind):
        raise RowRefused(
            _("No puede estar dentro de %(name)s, que es del mismo tipo o menor.", name=above.values.name),
            _("Dentro de"),
        )
    if values.iso_code and not values.iso_code.startswith(f"{above.country}-"):
        raise RowRefused(
            _("El código ISO es de otro país que %(name)s.", name=above.values.name), _("Código ISO")
        )


def _change(line: Line, known: Spot, values: TerritoryValues, above: Spot | None) -> TerritoryPlan:
    """Plan to change what the file says otherwise; an empty cell says nothing, and nothing changes its place."""
    if above is not None and above is not known.above:
        raise RowRefused(
            _(
                "Ya está registrado dentro de %(name)s. Si cambió, ciérrelo con «Hasta» y agregue el nuevo.",
                name=known.above.values.name if known.above else known.values.name,
            ),
            _("Dentro de"),
        )
    said = {each.name for each in FIELDS if line[each.name]} - {"parent"}
    old, labels = known.values, {each.name: str(each.label) for each in FIELDS}
    changed = {name: getattr(values, name) for name in said if getattr(values, name) != getattr(old, name)}
    if not changed:
        return TerritoryPlan(verdict=Verdict(line.row, Outcome.KNOWN, old.name), spot=known)
    detail = ", ".join(f"{labels[each.name]}: {line[each.name]}" for each in FIELDS if each.name in changed)
    spot = replace(known, values=replace(old, **changed))
    return TerritoryPlan(verdict=Verdict(line.row, Outcome.CHANGE, old.name, detail), spot=spot)


def _read(line: Line) -> TerritoryValues:
    iso, national = rules.read_iso(line["iso_code"]), rules.read_national(line["national_code"])
    if line["iso_code"] and iso is None:
        raise RowRefused(_("No es un código ISO 3166, como MX o MX-ROO."), _("Código ISO"))
    if line["national_code"] and national is None:
        raise RowRefused(_("Un código nacional lleva cifras o letras sin espacios."), _("Código nacional"))
    starts_on, ends_on = _day(line, "starts_on"), _day(line, "ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        raise RowRefused(_("Termina antes de empezar."), _("Hasta"))
    return TerritoryValues(
        kind=_kind(line["kind"]), name=line["name"], aliases=rules.read_aliases(line["aliases"]),
        iso_code=iso, national_code=national, starts_on=starts_on, ends_on=ends_on, source=line["source"],
        source_on=_day(line, "source_on"),
    )  # fmt: skip


def _kind(text: str) -> TerritoryKind:
    known: Mapping[TerritoryKind, tuple[str, ...]] = WORDS
    for kind, names in known.items():
        if fold(text) in {kind.value, fold(str(KINDS[kind])), *names}:
            return kind
    raise RowRefused(_("No existe el tipo «%(name)s».", name=text), _("Tipo"))


def _day(line: Line, name: str) -> date | None:
    return read_day(line[name], next(each.label for each in FIELDS if each.name == name))
