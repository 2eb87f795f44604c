"""One certificate as a PDF. Only jobs and commands import this: the layout library is slow to load."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from lms.certificates.designs.content import CertificateData
from lms.certificates.designs.drawing import draw_mark, draw_qr, draw_route
from lms.certificates.designs.folder import Design
from lms.certificates.designs.stations import group_modules
from lms.certificates.designs.templates import MARK, QR, ROUTE, compose
from lms.core.i18n import _
from lms.core.pdf import render_pdf
from lms.core.pdf_assets import AssetSource, RenderFailed
from lms.core.pdf_metadata import PdfMetadata
from lms.core.typefaces import load_typeface


def render_certificate(
    design: Design, data: CertificateData, *, made_at: datetime, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the PDF of one certificate, of one page; the same arguments give the same bytes.

    Raise PdfError, with a sentence that says why, when a picture is missing, a sign is not in the design's
    typefaces, or the page does not hold the text.
    """
    _refuse_lacking_signs(design.folder, data)
    return render_pdf(
        compose(design.folder, design.metadata, design.templates, data),
        assets=AssetSource(folder=design.folder, generated={**(pictures or {}), **_pictures(design, data)}),
        metadata=PdfMetadata(
            title=f"{data.document_title} {data.folio}",
            language=data.language,
            author=data.issuer_name,
            subject=data.course_title,
            created_at=made_at,
        ),
        max_pages=1,
    )


def _pictures(design: Design, data: CertificateData) -> dict[str, bytes]:
    """Return what is drawn for this certificate. The wall depends on the course alone, as on the screens."""
    route = design.metadata.route
    pictures = {QR: draw_qr(data.verify_url)}
    if route is not None:
        pictures[ROUTE] = draw_route(route, data.wall_seed, group_modules(data.modules))
        pictures[MARK] = draw_mark(route)
    return pictures


def _refuse_lacking_signs(folder: Path, data: CertificateData) -> None:
    """Refuse text that would be printed as empty boxes: a name must be whole or not at all."""
    lacking = {sign for face in folder.rglob("*.ttf") for sign in load_typeface(face).lacking(data.words)}
    if lacking:
        signs = " ".join(sorted(lacking))
        raise RenderFailed(_("La tipografía del diseño no tiene estos signos: %(signs)s.", signs=signs))
