"""The last step of every PDF: title, language and viewer settings, nothing that archiving forbids, kerned letters."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from PIL import ImageCms
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from lms.core.pdf_kerning import KerningTables, kern_page

LATIN_FACE = Name.Type1


@dataclass(frozen=True, kw_only=True)
class PdfMetadata:
    """What the file says about itself: title, language tag (BCP 47), author, subject, and when it was made."""

    title: str
    language: str
    author: str = ""
    subject: str = ""
    created_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class FinishedPdf:
    """The bytes of a PDF and the number of its pages."""

    content: bytes
    pages: int


def finish_pdf(raw: bytes, *, metadata: PdfMetadata, kerning: KerningTables | None = None) -> FinishedPdf:
    """Return the PDF described, kerned, and without what the layout library leaves and archives refuse."""
    with Pdf.open(BytesIO(raw)) as pdf:
        for page in pdf.pages:
            page.obj.pop("/Trans", None)
            kern_page(pdf, page, kerning or {})
        _describe(pdf, metadata)
        output = BytesIO()
        pdf.save(output, deterministic_id=True, compress_streams=True)
        return FinishedPdf(content=output.getvalue(), pages=len(pdf.pages))
