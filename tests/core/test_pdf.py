from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest
from PIL import Image

from lms.core.pdf import render_pdf
from lms.core.pdf_assets import AssetMissing, AssetRefused, AssetSource, RenderFailed
from lms.core.pdf_metadata import PdfMetadata
from lms.core.typefaces import load_typeface

FONTS = Path(__file__).parents[2] / "certificates" / "ruta" / "fonts"
MADE_AT = datetime(2025, 12, 2, 18, 30, tzinfo=UTC)
METADATA = PdfMetadata(title="Constancia ñandú", language="es-MX", author="Comisión", created_at=MADE_AT)
STYLE = '@font-face { font-family: "Ruta Sans"; src: url(face.ttf) } body { font-family: "Ruta Sans" }'
PAGE = "<html><head><style>{style}</style></head><body>{body}</body></html>"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "face.ttf").write_bytes((FONTS / "ruta-sans-640.ttf").read_bytes())
    Image.new("RGB", (4, 4), "red").save(tmp_path / "seal.png")
    return tmp_path


def render(folder, body, *, style=STYLE, generated=None, **options):
    source = AssetSource(folder=folder, generated=generated or {})
    return render_pdf(PAGE.format(style=style, body=body), assets=source, metadata=METADATA, **options)


def open_pdf(content):
    return pikepdf.open(BytesIO(content))


def text_of(content):
    return " ".join(pypdf.PdfReader(BytesIO(content)).pages[0].extract_text().split())


@pytest.mark.parametrize(
    "reference",
    [
        "http://127.0.0.1:9/seal.png",
        "https://example.org/seal.png",
        "//example.org/seal.png",
        "ftp://example.org/seal.png",
        "file:///etc/hostname",
        "/etc/hostname",
        "../seal.png",
        "%2e%2e/seal.png",
        "fonts/../../seal.png",
        "..\\seal.png",
        "data:image/png;base64,iVBORw0KGgo=",
    ],
)
def test_what_is_outside_the_folder_is_refused(folder, reference):
    with pytest.raises(AssetRefused):
        render(folder, f'<img src="{reference}">')


@pytest.mark.parametrize(
    "style",
    [
        '@import "https://example.org/theme.css";',
        "@font-face { font-family: X; src: url(../face.ttf) }",
        "div { background-image: url(/etc/hostname) }",
        "@page { background-image: url(https://example.org/paper.pdf) }",
    ],
)
def test_style_sheets_are_held_to_the_same_folder(folder, style):
    with pytest.raises(AssetRefused):
        render(folder, "<div>Texto</div>", style=style)


def test_a_link_that_leads_out_of_the_folder_is_refused(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.png"
    Image.new("RGB", (4, 4)).save(outside)
    (folder / "innocent.png").symlink_to(outside)

    with pytest.raises(AssetRefused):
        render(folder, '<img src="innocent.png">')


@pytest.mark.parametrize("body", ['<img src="firma.png">', '<link rel="stylesheet" href="theme.css">'])
def test_a_missing_file_stops_the_document(folder, body):
    with pytest.raises(AssetMissing, match="Falta el archivo"):
        render(folder, body)


def test_a_picture_that_cannot_be_read_stops_the_document(folder):
    (folder / "seal.png").write_bytes(b"not a picture")

    with pytest.raises(RenderFailed):
        render(folder, '<img src="seal.png">')


def test_files_of_the_folder_and_pictures_made_for_it_are_drawn(folder):
    square = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    )

    content = render(folder, '<img src="seal.png"><img src="made.svg">', generated={"made.svg": square})

    pdf = open_pdf(content)
    assert len(pdf.pages[0].get_images()) == 1
    assert "0 0 9 9 re" in pdf.pages[0].Contents.read_bytes().decode("latin-1")


def test_a_drawing_writes_in_the_letters_of_the_document_and_leaves_the_text_its_own(folder):
    (folder / "light.ttf").write_bytes((FONTS / "ruta-sans-400.ttf").read_bytes())
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20" font-family="\'Ruta Sans\', sans-serif">'
        b'<text x="2" y="14">Aviso</text><text x="40" y="14" font-weight="640">Enlace</text></svg>'
    )
    style = STYLE.replace("face.ttf", "light.ttf")

    content = render(
        folder,
        '<p>Antes</p><img src="made.svg"><p>Despu\u00e9s</p>',
        style=style,
        generated={"made.svg": drawing},
    )

    assert text_of(content) == "Antes Aviso Enlace Despu\u00e9s"
    fonts = pypdf.PdfReader(BytesIO(content)).pages[0]["/Resources"]["/Font"].values()
    assert all("+RutaSans-" in font.get_object()["/BaseFont"] for font in fonts)


def test_more_pages_than_asked_for_are_an_error(folder):
    body = "<p>Una</p><pdf:nextpage></pdf:nextpage><p>Dos</p>"

    assert len(open_pdf(render(folder, body)).pages) == 2
    with pytest.raises(RenderFailed, match="2 páginas"):
        render(folder, body, max_pages=1)


def test_the_file_says_its_language_title_and_date(folder):
    pdf = open_pdf(render(folder, "<p>Hola</p>"))

    assert str(pdf.Root.Lang) == "es-MX"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    assert str(pdf.docinfo["/Title"]) == "Constancia ñandú"
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20251202183000")
    with pdf.open_metadata() as described:
        assert described["dc:title"] == "Constancia ñandú"


def test_nothing_is_left_that_archives_refuse(folder):
    pdf = open_pdf(render(folder, "<p>Hola</p>"))
    fonts = pdf.pages[0].Resources.Font.values()

    assert "/Trans" not in pdf.pages[0].obj
    assert all("/FontFile2" in font.FontDescriptor for font in fonts)
    assert "/OutputIntents" in pdf.Root


def test_each_paragraph_is_tagged_in_reading_order(folder):
    pdf = open_pdf(render(folder, "<p>Primero</p><h1>Segundo</h1>"))
    document = pdf.Root.StructTreeRoot.K[0]

    assert pdf.Root.MarkInfo.Marked is True
    assert [str(element.S) for element in document.K] == ["/P", "/P"]
    assert [int(mark) for element in document.K for mark in element.K] == [0, 1]


def test_letters_are_kerned_and_the_text_stays_whole(folder):
    content = render(folder, "<p>Teófilo Ávila Yépez</p>")
    pdf = open_pdf(content)
    pieces = [
        instruction.operands[0]
        for instruction in pikepdf.parse_content_stream(pdf.pages[0])
        if str(instruction.operator) == "TJ"
    ]

    assert any(len(piece) > 1 for piece in pieces)
    assert text_of(content) == "Teófilo Ávila Yépez"


def test_the_same_document_made_at_the_same_time_has_the_same_bytes(folder):
    assert render(folder, "<p>Ñandú</p>") == render(folder, "<p>Ñandú</p>")


def test_widths_count_kerning_and_tracking():
    face = load_typeface(FONTS / "ruta-sans-640.ttf")
    apart = face.width("T", 10) + face.width("e", 10)

    assert face.width("Te", 10) < apart
    assert face.width("Te", 10, tracking=0.1) == pytest.approx(face.width("Te", 10) + 2)


@pytest.mark.parametrize("face", ["ruta-sans-400.ttf", "ruta-sans-540.ttf", "ruta-sans-640.ttf"])
def test_the_faces_have_the_letters_of_the_region(face):
    letters = "áéíóúüñÑ¿¡«»ãõçʼ’ẽĩũỹg̃ŁłễŵÀÖœß—–…"

    assert load_typeface(FONTS / face).lacking(letters) == []
    assert load_typeface(FONTS / face).lacking("你x") == ["你"]
