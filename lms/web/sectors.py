"""The eight sectors of the public service: one table of names, icons and the words authors write."""

from dataclasses import dataclass
from typing import Final

from lms.core.i18n import _l
from lms.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A branch of the public service; its colour in the style sheets hangs on `id`."""

    id: str
    label: Text
    icon: str
    slug: str
    """The Spanish word of course files and addresses."""


SECTORS: Final[dict[str, Sector]] = {
    sector.id: sector
    for sector in (
        Sector(id="health", label=_l("Salud"), icon="stethoscope", slug="salud"),
        Sector(id="education", label=_l("Educación"), icon="book-open", slug="educacion"),
        Sector(id="justice", label=_l("Justicia"), icon="scale", slug="justicia"),
        Sector(id="security", label=_l("Seguridad"), icon="shield", slug="seguridad"),
        Sector(id="migration", label=_l("Migración"), icon="globe", slug="migracion"),
        Sector(id="labour", label=_l("Trabajo"), icon="hard-hat", slug="trabajo"),
        Sector(id="protection", label=_l("Trabajo social y protección"), icon="house", slug="trabajo-social"),
        Sector(id="tourism", label=_l("Turismo y transporte"), icon="bus", slug="turismo"),
    )
}
"""Sectors by id, in the order people see them."""

_BY_SLUG: Final = {sector.slug: sector for sector in SECTORS.values()}


def find_sector(slug: str) -> Sector | None:
    """Return the sector that authors write with this Spanish word, if there is one."""
    return _BY_SLUG.get(slug)
