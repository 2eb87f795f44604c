"""What territories are called, how their codes look, and where a text says that something is. Pure."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol, TypeVar
from uuid import UUID

from lms.core.folding import fold

_ISO: Final = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_NATIONAL: Final = re.compile(r"[0-9A-Z][0-9A-Z.-]{0,19}")
BETWEEN: Final = "|"
"""What stands between the other names of a territory."""


class TerritoryKind(StrEnum):
    """On which step of its country a territory stands; each country has its own words for them."""

    COUNTRY = "country"
    REGION = "region"
    """A unit of the first level, such as a state, department or province; ISO 3166-2 codes it."""
    MUNICIPALITY = "municipality"
    """A municipality, canton, or a province of a department."""
    LOCALITY = "locality"
    """A district, parish or town."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryValues:
    """What is known of a territory, apart from where it lies."""

    kind: TerritoryKind
    name: str
    aliases: tuple[str, ...] = ()
    iso_code: str | None = None
    national_code: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    source: str = ""
    source_on: date | None = None


class Named(Protocol):
    """A territory as far as finding it by name goes."""

    @property
    def path(self) -> str:
        """Return its place in the tree."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """Return its name and its other names."""
        ...

    @property
    def iso_code(self) -> str | None:
        """Return its code of ISO 3166."""
        ...


N = TypeVar("N", bound=Named)


def read_iso(text: str) -> str | None:
    """Return a code of ISO 3166-1 or 3166-2 in capitals; None when the text is none."""
    code = text.strip().upper()
    return code if _ISO.fullmatch(code) else None


def read_national(text: str) -> str | None:
    """Return a national code with its zeros, in capitals; None when the text is none."""
    code = text.strip().upper()
    return code if _NATIONAL.fullmatch(code) else None


def read_aliases(text: str) -> tuple[str, ...]:
    """Return other names out of one cell."""
    return tuple(filter(None, (each.strip() for each in text.split(BETWEEN))))


def path_of(territory_id: UUID, parent_path: str) -> str:
    """Return the path of a territory below this one."""
    return f"{parent_path or '/'}{territory_id.hex}/"


def place_key(values: TerritoryValues, parent_id: UUID | None) -> str:
    """Return what makes two territories the same one when they lie in the same: name, step and national code."""
    said = (
        f"{parent_id.hex if parent_id else ''}/{values.kind}/{fold(values.name)}/{values.national_code or ''}"
    )
    return hashlib.sha256(said.encode()).hexdigest()


def words_of(values: TerritoryValues) -> str:
    """Return what a search looks through."""
    codes = (values.iso_code or "", values.national_code or "")
    return fold(" ".join((values.name, *values.aliases, *codes)))[:500]


def text_parts(text: str) -> list[str]:
    """Return the folded parts of a text such as "Benito Juárez, Quintana Roo", the narrowest first."""
    return [part for part in (fold(each) for each in text.split(",")) if part]


def choose(parts: Sequence[str], candidates: Iterable[N], above: Mapping[str, Sequence[N]]) -> N | None:
    """Return which territory the parts of a text mean, or None when they mean several or none.

    ``above`` holds the territories over each candidate, by its path. Every further part must name one of those. Of
    several that remain, the one on the highest step is meant: "Puebla" alone is the state, not its capital.
    """
    fitting = [
        each
        for each in candidates
        if parts and _is_called(each, parts[0]) and _lies_in(parts[1:], above.get(each.path, ()))
    ]
    if not fitting:
        return None
    highest = min(each.path.count("/") for each in fitting)
    top = [each for each in fitting if each.path.count("/") == highest]
    return top[0] if len(top) == 1 else None


def _is_called(territory: Named, part: str) -> bool:
    return part in {fold(name) for name in (*territory.names, territory.iso_code or "")}


def _lies_in(parts: Iterable[str], above: Sequence[Named]) -> bool:
    return all(any(_is_called(each, part) for each in above) for part in parts)
