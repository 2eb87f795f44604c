"""What the files of people and of institutions have in common: cells that are checked the same way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from lms.core.folding import fold
from lms.core.i18n import _, _l
from lms.core.tabular import Sheet
from lms.core.text import Text
from lms.institutions.directory.models import Institution
from lms.institutions.intake.errors import ColumnsMissing, RowRefused
from lms.institutions.intake.rules import Field, Line, lines_of, missing_fields, parse_day
from lms.web.sectors import SECTORS

COLUMN = _l("Institución")


@dataclass(frozen=True, slots=True)
class Place:
    """An institution that exists, or one that an earlier row of the file adds."""

    name: str
    parent: str = ""
    """Name of the body above."""
    institution: Institution | None = None
    line: int = 0
    """Line of the row that adds it; 0 for one that exists."""


@dataclass(slots=True)
class PlaceFinder:
    """Finds institutions as people write them: by name, short name, code, or "body above > name"."""

    _by_name: dict[str, list[Place]] = field(default_factory=dict)

    @classmethod
    def of(cls, institutions: Iterable[Institution]) -> "PlaceFinder":
        """Return a finder of these institutions."""
        known = list(institutions)
        by_id = {each.id: each for each in known}
        finder = cls()
        for each in known:
            above = by_id.get(each.parent_id) if each.parent_id else None
            finder.add(Place(each.name, above.name if above else "", each), each.short_name, each.code or "")
        return finder

    def add(self, place: Place, short_name: str = "", code: str = "") -> None:
        """Make a place findable."""
        names = {fold(place.name), fold(short_name), fold(code), fold(f"{place.parent} > {place.name}")}
        for name in names - {""}:
            self._by_name.setdefault(name, []).append(place)

    def find(self, text: str) -> Place:
        """Return the one institution that people call this; raises RowRefused."""
        wanted = " > ".join(fold(part) for part in text.replace("›", ">").split(">"))
        found = self._by_name.get(wanted, [])
        if not found:
            raise RowRefused(
                _("No se encontró la institución «%(name)s» entre las que usted administra.", name=text),
                COLUMN,
            )
        if len(found) > 1:
            raise RowRefused(
                _(
                    "Hay %(count)s instituciones «%(name)s». Escriba también la superior: «%(example)s».",
                    count=len(found),
                    name=text,
                    example=f"{found[0].parent or '…'} > {found[0].name}",
                ),
                COLUMN,
            )
        return found[0]


def read_lines(sheet: Sheet, fields: Sequence[Field]) -> list[Line]:
    """Return the rows under the names of the fields; raises ColumnsMissing."""
    missing = missing_fields(sheet, fields)
    if missing:
        names = ", ".join(_("«%(name)s»", name=each.label) for each in missing)
        raise ColumnsMissing(_("Al archivo le faltan columnas: %(names)s.", names=names))
    return lines_of(sheet, fields)


def check_line(line: Line, fields: Sequence[Field]) -> None:
    """Refuse a row that is broken, lacks something needed or holds something too long; raises RowRefused."""
    if line.is_broken:
        raise RowRefused(_("Tiene más celdas que el encabezado. Ponga entre comillas los textos con comas."))
    missing = [_("«%(name)s»", name=each.label) for each in fields if each.is_needed and not line[each.name]]
    if missing:
        raise RowRefused(_("Falta: %(names)s.", names=", ".join(missing)))
    long = [_("«%(name)s»", name=each.label) for each in fields if len(line[each.name]) > each.longest]
    if long:
        raise RowRefused(_("Texto demasiado largo en: %(names)s.", names=", ".join(long)))


def read_sector(text: str) -> str | None:
    """Return the id of a sector written by its name, None for an empty cell; raises RowRefused."""
    if not text:
        return None
    wanted = fold(text)
    for sector in SECTORS.values():
        if wanted in {sector.id, fold(sector.slug), fold(str(sector.label))}:
            return sector.id
    names = ", ".join(str(sector.label) for sector in SECTORS.values())
    raise RowRefused(
        _("No existe el sector «%(name)s». Use uno de: %(names)s.", name=text, names=names), _("Sector")
    )


def read_day(text: str, column: Text) -> date | None:
    """Return the day of a cell, None for an empty one; raises RowRefused."""
    if not text:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        raise RowRefused(_("«%(text)s» no es una fecha como 2026-11-20.", text=text), column) from error


def read_yes(text: str, column: Text) -> bool | None:
    """Return what a cell of yes or no says, None for an empty one; raises RowRefused."""
    if not text:
        return None
    known = {"si": True, "yes": True, "1": True, "no": False, "0": False}
    if fold(text) not in known:
        raise RowRefused(_("Escriba «Sí» o «No»."), column)
    return known[fold(text)]
