"""A design as it will look: short, long and Kichwa names, both kinds, invented institutions."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from lms.certificates.designs.draw import draw
from lms.certificates.designs.folder import Design
from lms.certificates.designs.sample import SAMPLE_PICTURES, SAMPLES

PREVIEWS: Final = tuple(SAMPLES)
"""Their names: short, long, kichwa, attendance."""


def draw_preview(design: Design, name: str, *, made_at: datetime, language: str = "es-MX") -> bytes:
    """Return the PDF of one preview; raise PdfError with a sentence when the design does not hold it.

    Only jobs and commands call this: the layout library is slow to load.
    """
    data = replace(SAMPLES[name], language=language)
    if data.kind not in design.metadata.kinds:
        data = replace(data, kind=design.metadata.kinds[0])
    return draw(design, data, made_at=made_at, pictures=SAMPLE_PICTURES)
