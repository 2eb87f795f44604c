"""One certificate as a PDF: what issuing calls.

A design is compiled once for each shape of its pages and every person's words are stamped on it, a tenth of the
work of laying them out; what cannot be stamped exactly alike is laid out whole.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from types import MappingProxyType
from typing import Final

from lms.certificates.designs.content import CertificateData
from lms.certificates.designs.folder import Design
from lms.certificates.designs.forms import POINTS, CompiledForm, NotStampable, compile_form
from lms.certificates.designs.metadata import PAGES
from lms.certificates.designs.placing import TakenApart, take_apart
from lms.certificates.designs.render import Composition, compose_certificate, render_composition
from lms.core.pdf_faces import SignMissing

MOST_FORMS: Final = 24
"""Compiled forms kept in a process, about 150 KB each; one cohort needs two or three."""
_NO_PICTURES: Final[Mapping[str, bytes]] = MappingProxyType({})


def draw(
    design: Design,
    data: CertificateData,
    *,
    made_at: datetime,
    pictures: Mapping[str, bytes] = _NO_PICTURES,
) -> bytes:
    """Return the PDF of one certificate; `pictures` are logos by the name that `Issuer.logo` gives.

    The same arguments give the same bytes. Raise PdfError, with a sentence that says why, when a picture is
    missing, a sign is not in the design's typefaces, or the page does not hold the text.
    """
    composition = compose_certificate(design, data, made_at=made_at, pictures=pictures)
    parts = [take_apart(html) for html in composition.pages]
    form = _forms.get(design, composition, parts)
    if form is not None:
        with suppress(SignMissing):
            return form.stamp(parts, address=composition.address, metadata=composition.metadata)
        # A rare letter, which files do not carry for everybody. Laid out whole, every page would bring its own faces.
        with suppress(SignMissing):
            alone = form.knowing(parts)
            return alone.stamp(parts, address=composition.address, metadata=composition.metadata)
    return render_composition(design, data, composition)  # or the refusal of a sign that no face has


class _Forms:
    """The forms compiled last, by all that shapes them; None stands for one that cannot be stamped."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, CompiledForm | None] = OrderedDict()
        self._lock = threading.Lock()

    def get(
        self, design: Design, composition: Composition, parts: Sequence[TakenApart]
    ) -> CompiledForm | None:
        key = _key(design, composition, parts)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        form = _compile(design, composition, parts)
        with self._lock:
            self._kept[key] = form
            while len(self._kept) > MOST_FORMS:
                self._kept.popitem(last=False)
        return form


_forms = _Forms()


def _key(design: Design, composition: Composition, parts: Sequence[TakenApart]) -> str:
    """Return a digest of the design, what is not stamped, how the rest looks and every picture but the QR."""
    total = hashlib.sha256(f"{design.folder}\0{design.digest}\0{composition.metadata.language}".encode())
    for part in parts:
        total.update(f"\0{part.rest}\0{sorted(part.styles)}".encode())
    for name, content in sorted(composition.shared.generated.items()):
        total.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return total.hexdigest()


def _compile(design: Design, composition: Composition, parts: Sequence[TakenApart]) -> CompiledForm | None:
    _width, height = PAGES[design.metadata.page]
    try:
        return compile_form(
            composition.pages,
            parts,
            assets=composition.assets(),
            metadata=composition.metadata,
            height=height * POINTS,
        )
    except NotStampable:
        return None
