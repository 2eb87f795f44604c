"""Where pages break before a table with a heading."""

from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from lms.core.pdf import render_pdf
from lms.core.pdf_metadata import PdfMetadata

FONTS = Path(__file__).parents[2] / "certificates" / "ruta" / "fonts"
STYLE = (
    "@page { size: a4; margin: 20mm } "
    '@font-face { font-family: "Ruta Sans"; src: url(ruta-sans-640.ttf) } '
    'body { font-family: "Ruta Sans" } '
    "h2 { font-size: 14pt; -pdf-keep-with-next: true }"
)


def pages_of(*, before, rows, repeated="", after=""):
    """Return the text of each page: lines, then a heading and a table of so many rows."""
    lines = "".join(f"<p>Renglón {n}</p>" for n in range(before))
    body = "".join(f"<tr><td>Fila {n} de la tabla</td></tr>" for n in range(rows))
    head = "<thead><tr><th>Cabeza</th></tr></thead>"
    html = (
        f"<html><head><style>{STYLE}</style></head><body>{lines}<h2>El título</h2>"
        f"<table {repeated}>{head}<tbody>{body}</tbody></table>{after}</body></html>"
    )
    metadata = PdfMetadata(title="Tablas", language="es")
    pages = pypdf.PdfReader(BytesIO(render_pdf(html, assets=FONTS, metadata=metadata))).pages
    return [page.extract_text() for page in pages]


def test_a_long_table_begins_under_its_heading_and_goes_on_overleaf():
    first, *others = pages_of(before=10, rows=120, repeated='repeat="1"')

    assert "El título" in first
    assert "Fila 3 de la tabla" in first
    assert all("Fila" in page and "Cabeza" in page for page in others)
    assert "Fila 119 de la tabla" in others[-1]


@pytest.mark.parametrize("rows", [30, 120])
def test_a_heading_leaves_a_page_that_has_no_room_for_the_first_rows(rows):
    for before in range(35, 46):
        pages = pages_of(before=before, rows=rows, repeated='repeat="1"')
        (page,) = [page for page in pages if "El título" in page]
        assert "Fila 2 de la tabla" in page


def test_a_short_table_stays_whole_with_its_heading():
    for before in range(38, 46):
        pages = pages_of(before=before, rows=2)
        (page,) = [page for page in pages if "El título" in page]
        assert "Fila 1 de la tabla" in page
