"""The templates of a design: what they may name, what they must show, and the pages that come out of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import TemplateError, TemplateSyntaxError, meta

from lms.certificates.designs.content import CertificateData, HoursLine
from lms.certificates.designs.logos import find_logo
from lms.certificates.designs.metadata import Metadata
from lms.certificates.designs.sample import SAMPLE, SAMPLE_PICTURES
from lms.certificates.designs.sandbox import new_sandbox, run_in_budget
from lms.certificates.designs.stations import group_modules
from lms.certificates.designs.typesetting import TextDoesNotFit, Typesetter
from lms.core.i18n import _
from lms.core.pdf_assets import PdfError, RenderFailed

TEMPLATE, HOURS = "template.html", "hours.html"
QR, ROUTE, MARK = "verify-qr.svg", "route.svg", "mark.svg"
"""The names by which a template places the pictures drawn for each certificate."""

ALWAYS: Final = frozenset(
    {
        "holder_name", "document_title", "course_title", "folio", "code", "verify_qr",
        "notice", "valid_until", "edition",
    }
)  # fmt: skip
"""What no certificate may leave out."""
ON_HOURS: Final = frozenset({"holder_name", "folio", "rows", "hours_total"})
"""What no page of hours may leave out."""
_NOT_FOR_TEMPLATES: Final = ("verify_url", "wall", "credential", "legal_note", "hours_lines")

TAGS: Final = frozenset(
    {
        "html",
        "head",
        "meta",
        "title",
        "link",
        "style",
        "body",
        "div",
        "span",
        "p",
        "br",
        "img",
        "table",
        "tr",
        "td",
    }
    | {"th", "tbody", "thead", "ul", "ol", "li", "h1", "h2", "h3", "strong", "em", "b", "i"}
)
"""The elements of a page; no scripts, forms, links or commands of the layout library."""
_TAG: Final = re.compile(r"<[/\s]*([^\s>/]*)")

_FAILURES: Final = (
    TemplateError,
    TextDoesNotFit,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, kw_only=True)
class PlacedIssuer:
    """An issuer as a template sees it: `picture` names its logo, empty without one; `ratio` is width by height."""

    name: str
    unit: str
    picture: str
    ratio: float


@dataclass(frozen=True, kw_only=True)
class ComposedPages:
    """The HTML of each page, and the logos by the names that the pages give them."""

    pages: tuple[str, ...]
    logos: Mapping[str, bytes]


def compose(
    folder: Path,
    metadata: Metadata,
    sources: Mapping[str, str],
    data: CertificateData,
    *,
    pictures: Mapping[str, bytes],
) -> ComposedPages:
    """Return the pages of one certificate; raise PdfError when something is missing or does not fit."""
    issuers, logos = _issuers(data, pictures)
    values = _values(folder, metadata, data) | {"issuers": issuers}
    sandbox = new_sandbox(sources)

    def page(name: str, more: Mapping[str, object]) -> str:
        return run_in_budget(lambda: sandbox.get_template(name).render({**values, **more}))

    try:
        pages = [page(TEMPLATE, {})]
        parts = _parts(data.hours_lines, metadata.hours_rows) if HOURS in sources else []
        for number, lines in enumerate(parts, start=1):
            pages.append(page(HOURS, {"rows": lines, "part": number, "parts": len(parts)}))
    except TextDoesNotFit as error:
        raise RenderFailed(_("El texto no cabe en el diseño: «%(text)s».", text=str(error)[:200])) from error
    except _FAILURES as error:
        raise RenderFailed(_("La plantilla del diseño falla: %(error)s", error=str(error)[:300])) from error
    for html in pages:
        _refuse_strange_tags(html)
    return ComposedPages(pages=tuple(pages), logos=logos)


def check_template(folder: Path, metadata: Metadata, sources: Mapping[str, str]) -> list[str]:
    """Return what is wrong: it compiles, names only what exists, shows what it must, works on a sample."""
    if (HOURS in sources) != bool(metadata.hours_rows):
        return [_("«hours.html» y «hours.rows» de metadata.toml van juntos: falta uno de los dos.")]
    try:
        used = {name: set(_used_names(sources, name)) for name in sorted(sources)}
    except TemplateSyntaxError as error:
        where = error.name or TEMPLATE
        return [_("%(file)s, línea %(line)s: %(error)s", file=where, line=error.lineno, error=error.message)]
    values = _values(folder, metadata, SAMPLE)
    problems = list(_check_names(used, metadata, {*values, "issuers", "rows", "part", "parts"}))
    return problems or list(_check_sample(folder, metadata, sources))


def _check_names(used: Mapping[str, set[str]], metadata: Metadata, known: set[str]) -> Iterator[str]:
    for name in sorted(set().union(*used.values()) - known):
        options = ", ".join(sorted(known))
        yield _("La plantilla usa «%(name)s», que no existe. Existen: %(known)s.", name=name, known=options)
    for name in sorted(metadata.requires - known):
        yield _("metadata.toml: «requires» nombra «%(name)s», que no existe.", name=name)
    shown = set().union(*(names for file, names in used.items() if file != HOURS))
    for name in sorted((ALWAYS | (metadata.requires & known)) - shown):
        yield _("La plantilla no muestra «%(name)s», que es obligatorio.", name=name)
    for name in sorted(ON_HOURS - used[HOURS]) if HOURS in used else ():
        yield _("hours.html no muestra «%(name)s», que es obligatorio.", name=name)


def _check_sample(folder: Path, metadata: Metadata, sources: Mapping[str, str]) -> Iterator[str]:
    try:
        compose(folder, metadata, sources, SAMPLE, pictures=SAMPLE_PICTURES)
    except PdfError as error:
        yield _("La plantilla falla con datos de ejemplo: %(error)s", error=error)


def _used_names(sources: Mapping[str, str], name: str) -> set[str]:
    return meta.find_undeclared_variables(new_sandbox(sources).parse(sources[name], name, name))


def _refuse_strange_tags(html: str) -> None:
    strange = {tag.lower() for tag in _TAG.findall(html)} - TAGS - {"!doctype"}
    if strange:
        names = ", ".join(f"<{tag[:40]}>" for tag in sorted(strange))
        raise RenderFailed(_("Un diseño no usa estos elementos: %(names)s.", names=names))


def _parts(lines: Sequence[HoursLine], rows: int) -> list[Sequence[HoursLine]]:
    """Return the lines of each page, about as many on each."""
    if not lines:
        return []
    count = -(-len(lines) // rows)
    each = -(-len(lines) // count)
    return [lines[start : start + each] for start in range(0, len(lines), each)]


def _issuers(
    data: CertificateData, pictures: Mapping[str, bytes]
) -> tuple[list[PlacedIssuer], dict[str, bytes]]:
    placed, logos = [], {}
    for number, issuer in enumerate(data.all_issuers, start=1):
        name, ratio = "", 1.0
        if issuer.logo:
            logo = find_logo(pictures, issuer.logo)
            name, ratio = f"logo-{number}{logo.suffix}", logo.ratio
            logos[name] = logo.content
        placed.append(PlacedIssuer(name=issuer.name, unit=issuer.unit, picture=name, ratio=ratio))
    return placed, logos


def _no_room_for(text: str) -> str:
    """Stop the certificate: a template calls it when what fits line by line does not fit the page."""
    raise TextDoesNotFit(text)


def _values(folder: Path, metadata: Metadata, data: CertificateData) -> dict[str, object]:
    """Return everything that a template may name, but for the issuers."""
    setter = Typesetter(folder=folder)
    words = metadata.words(data.language, data.kind)
    values = {name: value for name, value in vars(data).items() if name not in _NOT_FOR_TEMPLATES}
    return {
        **values,
        "statement": data.statement,
        "notice": data.legal_note or words.get("notice", ""),
        "stations": group_modules(data.modules),
        "texts": words,
        "route": metadata.route,
        "fit": setter.fit,
        "fit_all": setter.fit_all,
        "measure": setter.measure,
        "no_room_for": _no_room_for,
        "has_hours": bool(data.hours_lines) and metadata.hours_rows > 0,
        "verify_qr": QR,
        "route_picture": ROUTE,
        "brand_mark": MARK,
    }
