"""One certificate as a PDF: what issuing calls."""

from collections.abc import Mapping
from datetime import datetime

from lms.certificates.designs.content import CertificateData
from lms.certificates.designs.folder import Design
from lms.certificates.designs.render import render_certificate


def draw(
    design: Design, data: CertificateData, *, made_at: datetime, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the PDF of one certificate; `pictures` are logos by the name that `Issuer.logo` gives.

    The same arguments give the same bytes. Raise PdfError, with a sentence that says why, when a picture is
    missing, a sign is not in the design's typefaces, or the page does not hold the text.
    """
    return render_certificate(design, data, made_at=made_at, pictures=pictures or {})
