"""HTML and CSS to PDF, with a closed list of what a document may read and an error for what is missing.

Importing this module costs about two seconds of processor (the layout library is large), so only modules
that render import it: job handlers and commands. A web view never does; it shows the stored bytes.
"""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pikepdf import Pdf
from reportlab import rl_config
from xhtml2pdf.config.resources import (
    RenderLimitError,
    ResourceAccessError,
    ResourceAccessPolicy,
)
from xhtml2pdf.document import pisaDocument
from xhtml2pdf.xhtml2pdf_reportlab import PmlBaseDoc

from lms.core.i18n import _
from lms.core.pdf_assets import AssetSource, RenderFailed
from lms.core.pdf_drawings import offer_to_drawings
from lms.core.pdf_finish import finish_pdf
from lms.core.pdf_flow import KeepWithStart
from lms.core.pdf_metadata import PdfMetadata
from lms.core.typefaces import Pairs, load_typeface

# Streams in base 85 are a fifth larger and, in pure Python, an eighth of the time of a render.
rl_config.useA85 = 0
PmlBaseDoc._initArgs = PmlBaseDoc._initArgs | {"keepTogetherClass": KeepWithStart}  # noqa: SLF001 - the only place

MAX_SECONDS = 30
LOGGERS = ("xhtml2pdf", "svglib", "reportlab")


@dataclass(frozen=True, kw_only=True)
class LaidOut:
    """A PDF that is not finished yet, and the typefaces it used."""

    content: bytes
    faces: Mapping[str, Path]
    """Their files, by PostScript name."""

    def pairs(self) -> dict[str, Pairs]:
        """Return the kerning pairs of the typefaces, by PostScript name."""
        return {name: load_typeface(path).pairs for name, path in self.faces.items()}


def render_pdf(
    html: str,
    *,
    assets: Path | AssetSource,
    metadata: PdfMetadata,
    max_pages: int | None = None,
) -> bytes:
    """Return the PDF of an HTML document, with its language and title set and its letters kerned.

    Nothing is fetched from the network and nothing is read outside `assets`. A reference that cannot be
    read raises, and so does any complaint of the layout library: a document that lacks its signature must
    never go out.
    """
    laid = lay_out(html, assets=assets)
    pdf = finish_pdf(laid.content, metadata=metadata, faces=laid.pairs())
    if max_pages is not None and pdf.pages > max_pages:
        raise _too_long(pdf.pages, max_pages)
    return pdf.content


def lay_out_pages(pages: Sequence[str], *, assets: Path | AssetSource) -> LaidOut:
    """Return HTML documents of one page each as one unfinished PDF; raise RenderFailed when one is longer."""
    faces: dict[str, Path] = {}
    with Pdf.new() as book:
        for html in pages:
            laid = lay_out(html, assets=assets)
            faces |= laid.faces
            with Pdf.open(BytesIO(laid.content)) as part:
                if len(part.pages) > 1:
                    raise _too_long(len(part.pages), 1)
                book.pages.extend(part.pages)
        output = BytesIO()
        book.save(output)
    return LaidOut(content=output.getvalue(), faces=faces)


def lay_out(html: str, *, assets: Path | AssetSource) -> LaidOut:
    """Return the PDF of an HTML document as the layout library leaves it; what `render_pdf` raises, this raises."""
    source = assets if isinstance(assets, AssetSource) else AssetSource(folder=assets)
    gate = _Gate(source)
    with _complaints() as complaints:
        raw = _lay_out(html, gate)
    if complaints:
        raise RenderFailed(" ".join(complaints))
    return LaidOut(content=raw, faces={load_typeface(face).name: face for face in gate.faces})


def _too_long(pages: int, most: int) -> RenderFailed:
    return RenderFailed(_("El documento ocupa %(pages)s páginas y caben %(max)s.", pages=pages, max=most))


class _Gate:
    """Answers the library when it asks for stylesheets, fonts and pictures, and remembers the typefaces."""

    def __init__(self, source: AssetSource) -> None:
        self.source = source
        self.faces: list[Path] = []

    def __call__(self, reference: str, _base: str | None) -> str:
        found = self.source.resolve(reference)
        if found.endswith(".ttf"):
            self.faces.append(Path(found))
            offer_to_drawings(Path(found))
        return found


def _lay_out(html: str, gate: _Gate) -> bytes:
    output = BytesIO()
    folder = gate.source.folder
    try:
        document = pisaDocument(
            html,
            output,
            path=str(folder / "index.html"),
            link_callback=gate,
            resource_policy=_policy(folder),
            encoding="utf-8",
        )
    except (ResourceAccessError, RenderLimitError) as error:
        raise RenderFailed(str(error)) from error
    if document.err:
        raise RenderFailed(_("El documento no se pudo componer."))
    return output.getvalue()


def _policy(folder: Path) -> ResourceAccessPolicy:
    """Return the second lock, for the paths that do not ask the callback."""
    return ResourceAccessPolicy.server(folder, allow_remote=False, max_render_seconds=MAX_SECONDS)


class _Collector(logging.Handler):
    """Keeps what one thread's libraries complain about."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.thread = threading.get_ident()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.messages.append(record.getMessage())


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collect the warnings of the layout libraries: they report a picture they could not read only there."""
    collector = _Collector()
    loggers = [logging.getLogger(name) for name in LOGGERS]
    for logger in loggers:
        logger.addHandler(collector)
    try:
        yield collector.messages
    finally:
        for logger in loggers:
            logger.removeHandler(collector)
