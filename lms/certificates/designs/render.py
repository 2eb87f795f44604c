"""One certificate laid out whole by the layout library: the reference, and the way of what cannot be stamped.

Only jobs and commands import this: the layout library is slow to load.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from lms.certificates.designs.content import CertificateData
from lms.certificates.designs.drawing import draw_mark, draw_qr, draw_route
from lms.certificates.designs.folder import Design
from lms.certificates.designs.stations import group_modules
from lms.certificates.designs.templates import MARK, QR, ROUTE, compose
from lms.core.i18n import _
from lms.core.pdf import lay_out_pages
from lms.core.pdf_assets import AssetSource, RenderFailed
from lms.core.pdf_finish import finish_pdf
from lms.core.pdf_metadata import PdfMetadata, XmpProperty
from lms.core.typefaces import load_typeface

_CREDENTIAL: Final = ("urn:ruta:certificate#", "ruta", "credential", "Open Badges 3.0 credential as JSON")


@dataclass(frozen=True, kw_only=True)
class Composition:
    """Everything that one certificate is drawn from."""

    pages: tuple[str, ...]
    """The HTML of each page."""
    shared: AssetSource
    """The files and pictures, but for the QR, which stamping does not need as a picture."""
    address: str
    """Where the QR leads."""
    metadata: PdfMetadata

    def assets(self) -> AssetSource:
        """Return all files and pictures."""
        pictures = {**self.shared.generated, QR: draw_qr(self.address)}
        return AssetSource(folder=self.shared.folder, generated=pictures)


def compose_certificate(
    design: Design, data: CertificateData, *, made_at: datetime, pictures: Mapping[str, bytes]
) -> Composition:
    """Return what a certificate is drawn from; raise PdfError when something is missing or does not fit."""
    if data.kind not in design.metadata.kinds:
        raise RenderFailed(
            _("El diseño «%(design)s» no tiene palabras para «%(kind)s».", design=design.name, kind=data.kind)
        )
    composed = compose(design.folder, design.metadata, design.templates, data, pictures=pictures)
    return Composition(
        pages=composed.pages,
        shared=AssetSource(folder=design.folder, generated={**composed.logos, **_pictures(design, data)}),
        address=data.verify_url,
        metadata=PdfMetadata(
            title=f"{data.document_title} {data.folio}",
            language=data.language,
            author=", ".join(issuer.name for issuer in data.all_issuers),
            subject=data.course_title,
            created_at=made_at,
            is_archive=True,
            properties=(XmpProperty(*_CREDENTIAL, data.credential),) if data.credential else (),
        ),
    )


def render_certificate(
    design: Design, data: CertificateData, *, made_at: datetime, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the PDF of one certificate, laid out whole; what `draw` promises, this promises."""
    composition = compose_certificate(design, data, made_at=made_at, pictures=pictures or {})
    return render_composition(design, data, composition)


def render_composition(design: Design, data: CertificateData, composition: Composition) -> bytes:
    """Return the PDF; raise PdfError when a sign is not in the design's typefaces or a page is too full."""
    _refuse_lacking_signs(design.folder, data)
    laid = lay_out_pages(composition.pages, assets=composition.assets())
    return finish_pdf(laid.content, metadata=composition.metadata, faces=laid.pairs()).content


def _pictures(design: Design, data: CertificateData) -> dict[str, bytes]:
    """Return what is drawn for this certificate. The wall depends on the course alone, as on the screens."""
    route = design.metadata.route
    if route is None:
        return {}
    stations = tuple(group_modules(data.modules))
    return {ROUTE: draw_route(route, data.wall_seed, stations), MARK: draw_mark(route)}


def _refuse_lacking_signs(folder: Path, data: CertificateData) -> None:
    """Refuse text that would be printed as empty boxes: a name must be whole or not at all."""
    lacking = {sign for face in folder.rglob("*.ttf") for sign in load_typeface(face).lacking(data.words)}
    if lacking:
        signs = " ".join(sorted(lacking))
        raise RenderFailed(_("La tipografía del diseño no tiene estos signos: %(signs)s.", signs=signs))
