"""What `metadata.toml` says of a design: title, page, what it needs, its words by language, its route."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Final

from lms.certificates.designs.content import ATTENDANCE, CERTIFICATE
from lms.certificates.designs.drawing import RoutePlan
from lms.core.i18n import _

PAGES: Final = {"A4 landscape": (297.0, 210.0), "A4 portrait": (210.0, 297.0)}
"""The sizes of page, in millimetres."""
KINDS: Final = (CERTIFICATE, ATTENDANCE)
MOST_ROWS: Final = 60
Words = Mapping[str, str | Mapping[str, str]]
"""Words by name; under the name of a kind, those that only this kind uses or says otherwise."""
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """The declarations of a design, checked."""

    title: str
    version: int
    page: str
    requires: frozenset[str]
    """Names that the template must use, besides those that every certificate shows."""
    kinds: tuple[str, ...]
    """The kinds of document for which the design has words."""
    texts: Mapping[str, Words]
    """The fixed words of the design, by language; the first language is the default."""
    route: RoutePlan | None
    """The drawn route, for designs that show one."""
    hours_rows: int
    """How many lines of the breakdown of hours go on a page of `hours.html`; zero when the design has none."""

    def words(self, language: str, kind: str = CERTIFICATE) -> Mapping[str, str]:
        """Return the words of this kind in this language, or in the design's first one."""
        first = next(iter(self.texts.values()), {})
        words = self.texts.get(language, self.texts.get(language.partition("-")[0], first))
        plain = {name: text for name, text in words.items() if isinstance(text, str)}
        special = words.get(kind, {})
        return plain | dict(special) if isinstance(special, Mapping) else plain


def read_metadata(source: str) -> tuple[Metadata | None, list[str]]:
    """Return the declarations, or the sentences that say what is wrong with them: all of them at once."""
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        return None, [_("metadata.toml no se puede leer: %(error)s.", error=error)]
    reader = _Reader(table)
    metadata = Metadata(
        title=reader.text("title"),
        version=reader.number("version"),
        page=reader.page(),
        requires=frozenset(reader.names("requires")),
        kinds=tuple(reader.kinds()),
        texts=reader.texts(),
        route=reader.route(),
        hours_rows=reader.hours(),
    )
    reader.refuse_unknown()
    return (None if reader.problems else metadata), reader.problems


class _Reader:
    """Takes the keys of a table one by one and notes what is wrong with each."""

    def __init__(self, table: dict[str, object]) -> None:
        self.table = dict(table)
        self.problems: list[str] = []

    def text(self, key: str) -> str:
        value = self.table.pop(key, None)
        if isinstance(value, str) and value.strip():
            return value
        self.problems.append(_("metadata.toml: falta «%(key)s», un texto.", key=key))
        return ""

    def number(self, key: str) -> int:
        value = self.table.pop(key, None)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self.problems.append(_("metadata.toml: falta «%(key)s», un número entero desde 1.", key=key))
        return 0

    def page(self) -> str:
        value = self.text("page")
        if value and value not in PAGES:
            self.problems.append(_("metadata.toml: «page» es una de: %(pages)s.", pages=", ".join(PAGES)))
        return value

    def names(self, key: str) -> list[str]:
        value = self.table.pop(key, [])
        if isinstance(value, list) and all(isinstance(name, str) for name in value):
            return value
        self.problems.append(_("metadata.toml: «%(key)s» es una lista de nombres.", key=key))
        return []

    def kinds(self) -> list[str]:
        found = self.names("kinds") or list(KINDS)
        if not set(found) <= set(KINDS):
            self.problems.append(_("metadata.toml: «kinds» lleva: %(kinds)s.", kinds=", ".join(KINDS)))
        return found

    def hours(self) -> int:
        value = self.table.pop("hours", {"rows": 0})
        rows = value.get("rows") if isinstance(value, dict) and len(value) == 1 else None
        if isinstance(rows, int) and 0 <= rows <= MOST_ROWS:
            return rows
        self.problems.append(_("metadata.toml: «hours.rows» dice cuántas líneas caben en una página."))
        return 0

    def texts(self) -> dict[str, Words]:
        value = self.table.pop("texts", {})
        if isinstance(value, dict) and all(map(_are_words, value.values())):
            return value
        self.problems.append(_("metadata.toml: «texts» tiene una tabla de textos por idioma."))
        return {}

    def route(self) -> RoutePlan | None:
        value = self.table.pop("route", None)
        if value is None:
            return None
        measures = {field.name for field in fields(RoutePlan) if field.default is MISSING}
        colours = {field.name for field in fields(RoutePlan)} - measures
        if not isinstance(value, dict) or not measures <= set(value) <= measures | colours:
            self.problems.append(
                _("metadata.toml: «route» lleva %(names)s.", names=", ".join(sorted(measures | colours)))
            )
            return None
        wrong = [key for key in sorted(value) if not _fits(value[key], is_measure=key in measures)]
        self.problems += [
            _("metadata.toml: «route.%(key)s» es una medida en milímetros o un color #rrggbb.", key=key)
            for key in wrong
        ]
        return None if wrong else RoutePlan(**value)

    def refuse_unknown(self) -> None:
        self.problems += [
            _("metadata.toml: «%(key)s» no es una clave conocida.", key=key) for key in sorted(self.table)
        ]


def _are_words(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    special = [value[kind] for kind in KINDS if kind in value]
    common = {name: text for name, text in value.items() if name not in KINDS}
    return _is_table_of_text(common) and all(map(_is_table_of_text, special))


def _is_table_of_text(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _fits(value: object, *, is_measure: bool) -> bool:
    if is_measure:
        return isinstance(value, int | float) and 0 < value < 2000
    return isinstance(value, str) and _COLOUR.fullmatch(value) is not None
