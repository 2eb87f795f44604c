"""Processor time of drawing one certificate: by the layout library alone, laid out whole, and stamped.

The floor is what a program does that hands the same HTML to the layout library for each person: no tags, no kerning,
no archive. Every person has a name, folio and address of their own, and the three ways take turns.
"""

import resource
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from xhtml2pdf.document import pisaDocument

from bench.rows import Row, against
from lms.certificates.designs.content import CertificateData
from lms.certificates.designs.draw import draw
from lms.certificates.designs.folder import Design, load_design
from lms.certificates.designs.render import compose_certificate, render_certificate
from lms.certificates.designs.sample import SAMPLE, SAMPLE_PICTURES, SAMPLES

DESIGNS = Path(__file__).resolve().parents[1] / "certificates"
MADE_AT = datetime(2026, 5, 3, 15, 0, tzinfo=UTC)
ROUNDS = 40
MANY = 400
SIMPLE: Mapping[str, CertificateData] = {"page": SAMPLE, "with-hours": SAMPLES["kichwa"]}


def measure() -> Iterator[Row]:
    """Give the milliseconds of each way for each design, against the layout library; then what memory grew by."""
    for name in ("ruta", "sobria", "vertical"):
        design = load_design(DESIGNS / name)
        for shape, data in SIMPLE.items():
            yield from _compare(f"{name}.{shape}", design, data)
    yield from _memory(load_design(DESIGNS / "ruta"))


def _compare(name: str, design: Design, data: CertificateData) -> Iterator[Row]:
    ways: dict[str, Callable[[CertificateData], bytes]] = {
        "xhtml2pdf": lambda person: _plain(design, person),
        "whole": lambda person: render_certificate(design, person, made_at=MADE_AT, pictures=SAMPLE_PICTURES),
        "stamped": lambda person: _stamped(design, person),
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    sizes: dict[str, int] = {}
    began = time.process_time()
    _stamped(design, _person(data, 0))
    compiled = 1000 * (time.process_time() - began)
    for number in range(1, ROUNDS + 1):
        for way, work in ways.items():
            person = _person(data, number)
            began = time.process_time()
            sizes[way] = len(work(person))
            times[way].append(1000 * (time.process_time() - began))
    floor = Row(name=f"{name}.xhtml2pdf", value=statistics.median(times["xhtml2pdf"]), unit="ms")
    yield floor
    yield against(f"{name}.whole", statistics.median(times["whole"]), "ms", floor)
    yield against(f"{name}.stamped", statistics.median(times["stamped"]), "ms", floor)
    yield Row(name=f"{name}.stamped.first-of-all", value=compiled, unit="ms")
    yield Row(name=f"{name}.stamped.size", value=sizes["stamped"], unit="bytes")


def _person(data: CertificateData, number: int) -> CertificateData:
    code = f"RT{number:02d}-{number:04d}-9D"
    name = f"Participante {number:03d}"
    return replace(data, holder_name=name, folio=code, code=code, verify_url=f"https://ruta.example/v/{code}")


def _stamped(design: Design, data: CertificateData) -> bytes:
    return draw(design, data, made_at=MADE_AT, pictures=SAMPLE_PICTURES)


def _plain(design: Design, data: CertificateData) -> bytes:
    composition = compose_certificate(design, data, made_at=MADE_AT, pictures=SAMPLE_PICTURES)
    assets, output = composition.assets(), BytesIO()
    pisaDocument(
        _in_one(composition.pages),
        output,
        path=str(design.folder / "index.html"),
        link_callback=lambda name, _base: assets.resolve(name),
        encoding="utf-8",
    )
    return output.getvalue()


def _in_one(pages: Sequence[str]) -> str:
    """Return all pages as one document, as the layout library likes them."""
    bodies = [html.partition("<body>")[2].partition("</body>")[0] for html in pages]
    head = pages[0].partition("<body>")[0]
    return f"{head}<body>{'<pdf:nextpage></pdf:nextpage>'.join(bodies)}</body></html>"


def _memory(design: Design) -> Iterator[Row]:
    for number in range(MANY // 4):
        _stamped(design, _person(SAMPLE, number))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(MANY):
        _stamped(design, _person(SAMPLE, number))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    yield Row(name=f"ruta.stamped.memory-of-{MANY}", value=grown, unit="KiB")
