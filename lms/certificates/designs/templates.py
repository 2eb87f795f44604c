"""The template of a design, in a sandbox: it sees plain text and two functions that fit lines."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Final

from jinja2 import DictLoader, StrictUndefined, TemplateError, TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lms.certificates.designs.content import CertificateData
from lms.certificates.designs.metadata import Metadata
from lms.certificates.designs.sample import SAMPLE
from lms.certificates.designs.stations import group_modules
from lms.certificates.designs.typesetting import TextDoesNotFit, Typesetter
from lms.core.i18n import _
from lms.core.pdf_assets import PdfError

TEMPLATE: Final = "template.html"
QR, ROUTE, MARK = "verify-qr.svg", "route.svg", "mark.svg"
"""The names by which a template places the pictures drawn for each certificate."""

ALWAYS: Final = frozenset({"holder_name", "document_title", "course_title", "folio", "code", "verify_qr"})
"""What no certificate may leave out."""

_FAILURES: Final = (
    TemplateError,
    PdfError,
    TextDoesNotFit,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
)


def compose(folder: Path, metadata: Metadata, sources: Mapping[str, str], data: CertificateData) -> str:
    """Return the HTML of one certificate."""
    values = _values(folder, metadata, data)
    return _environment(sources).get_template(TEMPLATE).render(values)


def check_template(folder: Path, metadata: Metadata, sources: Mapping[str, str]) -> list[str]:
    """Return what is wrong: it compiles, names only what exists, shows what it must, works on a sample."""
    try:
        used = set(_used_names(sources))
    except TemplateSyntaxError as error:
        where = error.name or TEMPLATE
        return [_("%(file)s, línea %(line)s: %(error)s", file=where, line=error.lineno, error=error.message)]
    problems = list(_check_names(used, metadata, set(_values(folder, metadata, SAMPLE))))
    return problems or list(_check_sample(folder, metadata, sources))


def _check_names(used: set[str], metadata: Metadata, known: set[str]) -> Iterator[str]:
    for name in sorted(used - known):
        options = ", ".join(sorted(known))
        yield _("La plantilla usa «%(name)s», que no existe. Existen: %(known)s.", name=name, known=options)
    for name in sorted(metadata.requires - known):
        yield _("metadata.toml: «requires» nombra «%(name)s», que no existe.", name=name)
    for name in sorted((ALWAYS | (metadata.requires & known)) - used):
        yield _("La plantilla no muestra «%(name)s», que es obligatorio.", name=name)


def _check_sample(folder: Path, metadata: Metadata, sources: Mapping[str, str]) -> Iterator[str]:
    try:
        compose(folder, metadata, sources, SAMPLE)
    except _FAILURES as error:
        yield _("La plantilla falla con datos de ejemplo: %(error)s", error=error)


def _used_names(sources: Mapping[str, str]) -> Iterator[str]:
    environment = _environment(sources)
    for name, source in sorted(sources.items()):
        yield from meta.find_undeclared_variables(environment.parse(source, name, name))


def _environment(sources: Mapping[str, str]) -> ImmutableSandboxedEnvironment:
    return _sandbox(tuple(sorted(sources.items())))


# Compiling the template takes longer than filling it in, and a job issues hundreds with one design.
@lru_cache(maxsize=8)
def _sandbox(sources: tuple[tuple[str, str], ...]) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader(dict(sources)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals = {name: environment.globals[name] for name in ("range", "namespace")}
    return environment


def _values(folder: Path, metadata: Metadata, data: CertificateData) -> dict[str, object]:
    """Return everything that a template may name."""
    setter = Typesetter(folder=folder)
    words = asdict(data)
    for name in ("verify_url", "wall"):  # for the QR and the drawing, which the template only places
        del words[name]
    return {
        **words,
        "signatories": data.signatories,
        "statement": data.statement,
        "stations": group_modules(data.modules),
        "texts": metadata.words(data.language),
        "route": metadata.route,
        "fit": setter.fit,
        "fit_all": setter.fit_all,
        "verify_qr": QR,
        "route_picture": ROUTE,
        "brand_mark": MARK,
    }
