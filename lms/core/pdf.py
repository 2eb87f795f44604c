"""HTML and CSS to PDF, with a closed list of what a document may read and an error for anything that is missing.

Importing this module costs about two seconds of processor (the layout library is large), so only modules that
render import it: job handlers and commands. A web view never does; it shows the stored bytes.
"""

import base64
import logging
import mimetypes
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from reportlab import rl_config  # type: ignore[import-untyped]  # publishes no types
from xhtml2pdf.config.resources import (  # type: ignore[import-untyped]  # publishes no types
    RenderLimitError,
    ResourceAccessError,
    ResourceAccessPolicy,
)
from xhtml2pdf.document import pisaDocument  # type: ignore[import-untyped]  # publishes no types

from lms.core.i18n import _
from lms.core.pdf_finish import PdfMetadata, finish_pdf

# Streams in base 85 are a fifth larger and, in pure Python, an eighth of the time of a render.
rl_config.useA85 = 0

MAX_SECONDS = 30
LOGGERS = ("xhtml2pdf", "svglib", "reportlab")


class PdfError(Exception):
    """A document could not be made; the text says why, in a sentence for its author."""


class AssetRefused(PdfError):
    """The document names something outside its folder: a network address, an absolute path, `..`."""


class AssetMissing(PdfError):
    """The document names a file that its folder does not have."""


class RenderFailed(PdfError):
    """The layout library complained, stopped, or laid out more pages than asked for."""


@dataclass(frozen=True, kw_only=True)
class AssetSource:
    """What a document may read: the files of one folder, and pictures made for it in memory, by name."""

    folder: Path
    generated: Mapping[str, bytes] = field(default_factory=dict)

    def resolve(self, reference: str) -> str:
        """Return where the layout library finds this reference; refuse what is outside, raise on what is missing."""
        if reference in self.generated:
            return _data_uri(reference, self.generated[reference])
        return str(find_asset(self.folder, reference))


def find_asset(folder: Path, reference: str) -> Path:
    """Return the file of the folder that a relative reference names, or raise AssetRefused or AssetMissing."""
    parts = urlsplit(reference)
    path = PurePosixPath(unquote(parts.path))
    outside = parts.scheme or parts.netloc or path.is_absolute() or ".." in path.parts or "\\" in reference
    root = folder.resolve()
    found = (root / path).resolve()
    if outside or not found.is_relative_to(root):
        raise AssetRefused(_("«%(name)s» está fuera de la carpeta del diseño.", name=reference[:120]))
    if not found.is_file():
        raise AssetMissing(_("Falta el archivo «%(name)s» en la carpeta del diseño.", name=reference[:120]))
    return found


def render_pdf(
    html: str,
    *,
    assets: Path | AssetSource,
    metadata: PdfMetadata,
    max_pages: int | None = None,
) -> bytes:
    """Return the PDF of an HTML document, with its language and title set and its letters kerned.

    Nothing is fetched from the network and nothing is read outside `assets`. A reference that cannot be read, and
    any complaint of the layout library, raises: a document that lacks its signature must never go out.
    """
    source = assets if isinstance(assets, AssetSource) else AssetSource(folder=assets)
    with _complaints() as complaints:
        raw = _lay_out(html, source)
    if complaints:
        raise RenderFailed(" ".join(complaints))
    pdf = finish_pdf(raw, metadata=metadata)
    if max_pages is not None and pdf.pages > max_pages:
        raise RenderFailed(
            _("El documento ocupa %(pages)s páginas y caben %(max)s.", pages=pdf.pages, max=max_pages)
        )
    return pdf.content


def _lay_out(html: str, source: AssetSource) -> bytes:
    output = BytesIO()
    try:
        document = pisaDocument(
            html,
            output,
            path=str(source.folder / "template.html"),
            link_callback=_gate(source),
            resource_policy=_policy(source.folder),
            encoding="utf-8",
        )
    except (ResourceAccessError, RenderLimitError) as error:
        raise RenderFailed(str(error)) from error
    if document.err:
        raise RenderFailed(_("El documento no se pudo componer."))
    return output.getvalue()


def _gate(source: AssetSource) -> Callable[[str, str | None], str]:
    """Return the callback through which the library asks for stylesheets, fonts and pictures."""

    def allow(reference: str, _base: str | None) -> str:
        return source.resolve(reference)

    return allow


def _policy(folder: Path) -> ResourceAccessPolicy:
    """Return the second lock, for the paths that do not ask the callback."""
    return ResourceAccessPolicy.server(folder, allow_remote=False, max_render_seconds=MAX_SECONDS)


def _data_uri(name: str, content: bytes) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


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
