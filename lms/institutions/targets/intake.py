"""A file of targets: its columns, and what each of its rows says. Nothing of it is saved while one row is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import DomainError
from lms.core.folding import fold
from lms.core.i18n import _, _l
from lms.core.tabular import Sheet
from lms.institutions.agreements.models import Agreement
from lms.institutions.agreements.permissions import AgreementPermission
from lms.institutions.agreements.queries import list_agreements_for
from lms.institutions.directory.models import Institution
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.queries import visible_to
from lms.institutions.intake.errors import RowRefused
from lms.institutions.intake.reading import PlaceFinder, check_line, read_lines, read_sector
from lms.institutions.intake.rules import Field, Line
from lms.institutions.programmes.models import Programme
from lms.institutions.targets.rules import TargetSource, TargetValues, check_values
from lms.institutions.targets.words import EVERY_SECTOR, SOURCES

FIELDS: Final = (
    Field(name="institution", label=_l("Institución"), aliases=("institución", "nombre"), is_needed=True),
    Field(name="sector", label=_l("Sector"), aliases=("sector",)),
    Field(name="period", label=_l("Periodo"), aliases=("periodo", "año"), is_needed=True),
    Field(name="people", label=_l("Personas"), aliases=("personas", "meta"), is_needed=True),
    Field(name="source", label=_l("Fuente"), aliases=("fuente",), is_needed=True),
    Field(name="agreement", label=_l("Convenio"), aliases=("convenio", "clave del convenio")),
    Field(name="workforce", label=_l("Plantilla"), aliases=("plantilla",)),
    Field(
        name="reference", label=_l("Referencia"), aliases=("referencia", "dónde se acordó"), is_needed=True
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPlan:
    """What one row says, or what is wrong with it."""

    line: int
    label: str
    problem: str = ""
    institution: Institution | None = None
    agreement: Agreement | None = None
    values: TargetValues | None = None


def plan_targets(sheet: Sheet, programme: Programme, *, actor: Actor) -> list[TargetPlan]:
    """Return what each row says, writing nothing; raises ColumnsMissing."""
    lines = read_lines(sheet, FIELDS)
    known = db.session.scalars(visible_to(actor, DirectoryPermission.READ)).all()
    mine = list_agreements_for(actor, AgreementPermission.READ, programme_id=programme.id)
    reader = _Reader(PlaceFinder.of(known), {fold(each.code): each for each in mine}, {})
    return [reader.plan(line) for line in lines]


@dataclass(frozen=True, slots=True)
class _Reader:
    places: PlaceFinder
    agreements: Mapping[str, Agreement]
    seen: dict[tuple[object, ...], int]

    def plan(self, line: Line) -> TargetPlan:
        try:
            check_line(line, FIELDS)
            return self._read(line)
        except DomainError as refusal:
            return TargetPlan(line=line.row.line, label=line["institution"], problem=str(refusal))

    def _read(self, line: Line) -> TargetPlan:
        institution = self.places.find(line["institution"]).institution
        agreement = self._agreement(line["agreement"])
        wants_all = fold(line["sector"]) in {"", fold(str(EVERY_SECTOR))}
        values = check_values(
            TargetValues(
                sector="" if wants_all else read_sector(line["sector"]) or "",
                period=line["period"],
                people=_number(line["people"], _("Personas")) or 0,
                source=_source(line["source"]),
                reference=line["reference"],
                workforce=_number(line["workforce"], _("Plantilla")),
            ),
            has_agreement=agreement is not None,
        )
        self._refuse_twice(line, (institution.id if institution else None, values.sector, values.period))
        return TargetPlan(
            line=line.row.line,
            label=line["institution"],
            institution=institution,
            agreement=agreement,
            values=values,
        )

    def _agreement(self, code: str) -> Agreement | None:
        if not code:
            return None
        if found := self.agreements.get(fold(code)):
            return found
        raise RowRefused(_("El programa no tiene un convenio con la clave «%(code)s».", code=code))

    def _refuse_twice(self, line: Line, key: tuple[object, ...]) -> None:
        before = self.seen.setdefault(key, line.row.line)
        if before != line.row.line:
            raise RowRefused(_("Repetida: es la misma que la de la línea %(line)s.", line=before))


def _number(text: str, column: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) <= 1_000_000:
        raise RowRefused(_("En «%(column)s» escriba un número entero mayor que cero.", column=column))
    return int(text)


def _source(text: str) -> TargetSource:
    for source, label in SOURCES.items():
        if fold(text) in {source.value, fold(str(label)), fold(str(label)).split()[0]}:
            return source
    names = ", ".join(str(label) for label in SOURCES.values())
    raise RowRefused(_("No se conoce la fuente «%(text)s». Use una de: %(names)s.", text=text, names=names))
