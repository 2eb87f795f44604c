"""Stamped certificates against those laid out whole, and what every file must be."""

import gc
import re
import shutil
import subprocess
import tracemalloc
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdf
import pytest
import zxingcpp
from pikepdf import pdfa
from PIL import Image

from lms.certificates.designs import draw as drawing
from lms.certificates.designs.content import ATTENDANCE, HoursLine
from lms.certificates.designs.draw import draw
from lms.certificates.designs.folder import load_design
from lms.certificates.designs.render import render_certificate
from lms.certificates.designs.sample import SAMPLE, SAMPLE_PICTURES, SAMPLES
from lms.core.pdf_assets import AssetMissing, RenderFailed
from lms.core.pdf_page import Instruction

DESIGNS = Path(__file__).parents[3] / "certificates"
MADE_AT = datetime(2025, 12, 2, 18, 30, tzinfo=UTC)
NAMES = [
    "Li Wu",
    "Sisa Ñust’a Kʼuychi Guamán",
    "Łucja Škvorecká Őry Ẽ’ỹ",
    "María Guadalupe de los Ángeles Hernández-Ñáñez y Fernández de Córdova Quiñones",
]
RARE = "Łucja Nguyễn Trần"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
EXTENSION, SCHEMA, PROPERTY = (
    f"{{http://www.aiim.org/pdfa/ns/{name}}}" for name in ("extension/", "schema#", "property#")
)
PREDEFINED = (
    "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/}", "{http://www.aiim.org/pdfa/ns/id/}",
    EXTENSION,
)  # fmt: skip
needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftoppm"), reason="needs pdftoppm (package poppler-utils)"
)


@pytest.fixture(scope="module", params=["ruta", "sobria", "vertical"])
def design(request):
    return load_design(DESIGNS / request.param)


@pytest.fixture(scope="module")
def ruta():
    return load_design(DESIGNS / "ruta")


def stamped(design, data, **more):
    return draw(design, data, made_at=MADE_AT, pictures=SAMPLE_PICTURES, **more)


def whole(design, data):
    return render_certificate(design, data, made_at=MADE_AT, pictures=SAMPLE_PICTURES)


def was_stamped(content):
    with pikepdf.open(BytesIO(content)) as pdf:
        fonts = pdf.pages[0].obj.Resources.Font.values()
        return {str(font.Subtype) for font in fonts} == {"/Type0"}


def rasters(content, folder, dots=90, *, grey=False):
    (folder / "c.pdf").write_bytes(content)
    for old in folder.glob("c*.png"):
        old.unlink()
    colour = ["-gray"] if grey else []
    command = ["pdftoppm", "-r", str(dots), "-png", *colour, folder / "c.pdf", folder / "c"]
    subprocess.run(command, check=True)
    return [cv2.imread(str(path)) for path in sorted(folder.glob("c-*.png"))]


def text_of(content):
    pages = pypdf.PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@needs_poppler
def test_stamped_pages_look_like_those_laid_out_whole(design, tmp_path):
    for name in NAMES if design.name == "ruta" else NAMES[1:2]:
        data = replace(SAMPLES["kichwa"], holder_name=name)
        content = stamped(design, data)
        assert was_stamped(content)
        pairs = list(zip(rasters(content, tmp_path), rasters(whole(design, data), tmp_path), strict=True))
        assert len(pairs) == 2
        for one, other in pairs:
            # Readers put large letters on whole dots, and two may round apart: nothing is farther off than that.
            near = np.ones((3, 3), np.uint8)
            assert (one.astype(int) >= cv2.erode(other, near).astype(int) - 32).all()
            assert (one.astype(int) <= cv2.dilate(other, near).astype(int) + 32).all()
            assert np.abs(one.astype(int) - other).mean() < 0.1


def test_what_is_copied_from_the_file_is_what_was_written(design):
    for name in NAMES[1::2] if design.name == "ruta" else NAMES[1:2]:
        data = replace(SAMPLES["long"], holder_name=name)
        content = stamped(design, data)
        text = text_of(content)
        for said in (name, data.course_title, data.statement, data.edition, data.valid_until, data.folio):
            assert said in text
        for issuer in data.issuers:
            assert issuer.name in text
        assert text.count("Sesión 1: marco conceptual y jurídico") == 9
        assert text.count(name) == len(pypdf.PdfReader(BytesIO(content)).pages)


def test_every_file_is_an_archive_tagged_and_small(design, tmp_path):
    for name, data in SAMPLES.items():
        for content in (
            stamped(design, data),
            whole(design, replace(data, hours_lines=data.hours_lines[:5])),
        ):
            report = pdfa.validate_written(BytesIO(content), "2b")
            assert report.passed, [name, *map(str, report.findings)]
            assert len(content) < 150_000
            if shutil.which("qpdf"):
                (tmp_path / "c.pdf").write_bytes(content)
                check = subprocess.run(
                    ["qpdf", "--check", tmp_path / "c.pdf"], capture_output=True, check=False
                )
                assert check.returncode == 0
            with pikepdf.open(BytesIO(content)) as pdf:
                assert pdf.check_pdf_syntax() == []
                assert pdf.Root.MarkInfo.Marked
                assert pdf.Root.ViewerPreferences.DisplayDocTitle
                assert str(pdf.Root.Lang) == "es-MX"
                assert str(pdf.docinfo["/Title"]) == f"{data.document_title} RT7K-4M2Q-9D"


def test_the_tags_are_read_in_order_and_the_code_says_where_it_leads(ruta):
    with pikepdf.open(BytesIO(stamped(ruta, SAMPLES["long"]))) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        kinds = [str(element.S) for element in document.K]
        said = [str(element.ActualText) for element in document.K if "/ActualText" in element]
        (figure,) = [element for element in document.K if element.S == "/Figure"]
        marks = [(element.Pg.objgen, int(mark)) for element in document.K for mark in element.K]
        owners = pdf.Root.StructTreeRoot.ParentTree.Nums

        assert set(kinds) == {"/P", "/Figure"}
        assert SAMPLES["long"].holder_name in said
        assert str(figure.Alt) == SAMPLE.verify_url
        assert len(marks) == len(set(marks)) == sum(len(owners[number]) for number in (1, 3, 5, 7))
        for page in pdf.pages:
            used = [operands for operands, operator in operations(page) if operator == "BDC"]
            assert len(used) == len(owners[2 * int(page.obj.StructParents) + 1])


def operations(page):
    found: list[Instruction] = pikepdf.parse_content_stream(page)
    return [(each.operands, str(each.operator)) for each in found]


def test_the_example_of_the_guide_is_drawn(tmp_path):
    guide = (DESIGNS.parent / "docs" / "authoring" / "disenos-de-constancias.md").read_text(encoding="utf-8")
    folder = tmp_path / "mi-diseno"
    shutil.copytree(DESIGNS / "vertical" / "fonts", folder / "fonts")
    for name, text in re.findall(r"^```\w+ (\S+)\n(.*?)^```", guide, re.MULTILINE | re.DOTALL):
        (folder / name).write_text(text, encoding="utf-8")
    content = stamped(load_design(folder), SAMPLES["long"])

    assert was_stamped(content)
    assert SAMPLES["long"].holder_name in text_of(content)


@needs_poppler
@pytest.mark.parametrize("name", ["kichwa", "attendance"])
def test_two_readers_know_the_code_of_a_crooked_grey_blurred_copy(design, name, tmp_path):
    data = replace(SAMPLES[name], hours_lines=())
    (page,) = rasters(stamped(design, data), tmp_path, 150, grey=True)
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 7, 0.94)
    crooked = cv2.warpAffine(page, turn, (width, height), borderValue=(255, 255, 255))
    copy = cv2.GaussianBlur(crooked, (0, 0), 1.1)

    assert cv2.QRCodeDetector().detectAndDecode(copy)[0] == data.verify_url
    assert [found.text for found in zxingcpp.read_barcodes(copy)] == [data.verify_url]
    if shutil.which("zbarimg"):
        cv2.imwrite(str(tmp_path / "copy.png"), copy)
        command = ["zbarimg", "--quiet", "--raw", tmp_path / "copy.png"]
        read = subprocess.run(command, check=True, capture_output=True, text=True)
        assert read.stdout.strip() == data.verify_url


def test_a_file_does_not_depend_on_those_before_it(ruta, monkeypatch):
    data = SAMPLES["kichwa"]
    after_others = stamped(ruta, data)
    monkeypatch.setattr(drawing, "_forms", drawing._Forms())

    assert stamped(ruta, data) == after_others
    assert stamped(ruta, replace(data, holder_name="Eva")) != after_others


def test_a_rare_letter_is_written_on_every_page_of_a_small_file_and_an_unknown_one_is_refused(ruta):
    data = replace(SAMPLES["long"], holder_name=RARE)
    content = stamped(ruta, data)

    assert was_stamped(content)
    assert text_of(content).count(RARE) == len(pypdf.PdfReader(BytesIO(content)).pages) > 3
    assert len(content) < 150_000
    assert pdfa.validate_written(BytesIO(content), "2b").passed
    assert stamped(ruta, data) == content
    with pytest.raises(RenderFailed, match="王"):
        stamped(ruta, replace(SAMPLE, holder_name="王 Ana"))


def test_a_design_that_says_something_outside_of_lines_goes_the_long_way(tmp_path):
    folder = Path(shutil.copytree(DESIGNS / "sobria", tmp_path / "copia"))
    template = folder / "template.html"
    loose = '<div style="position: absolute; left: 20mm; top: 150mm; font-size: 9pt">Suelto</div></body>'
    template.write_text(template.read_text(encoding="utf-8").replace("</body>", loose), encoding="utf-8")
    content = stamped(load_design(folder), SAMPLE)

    assert not was_stamped(content)
    assert "Suelto" in text_of(content)


def test_what_does_not_fit_is_said(ruta):
    with pytest.raises(RenderFailed, match="no cabe"):
        stamped(ruta, replace(SAMPLE, code="R" * 200))


def test_the_kind_chooses_the_words(design):
    took_part = text_of(stamped(design, replace(SAMPLE, kind=ATTENDANCE)))

    assert "participó en el curso" in took_part
    assert "acreditó el curso" not in took_part
    assert "autoriza a entrevistar víctimas" in took_part
    note = replace(SAMPLE, kind=ATTENDANCE, legal_note="Nota de la institución.", language="en")
    assert "took part in the course" in text_of(stamped(design, note))
    assert "Nota de la institución." in text_of(stamped(design, note))


def test_a_design_without_words_for_a_kind_refuses_it(tmp_path):
    folder = Path(shutil.copytree(DESIGNS / "vertical", tmp_path / "copia"))
    (folder / "metadata.toml").write_text(
        'kinds = ["constancia"]\n' + (folder / "metadata.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )

    with pytest.raises(RenderFailed, match="certificado"):
        stamped(load_design(folder), SAMPLE)


@pytest.mark.parametrize("count", [18, 61])
def test_the_hours_take_the_pages_they_need(ruta, count):
    lines = tuple(
        HoursLine(f"día {n}", f"Actividad {n} del curso", "en línea", "1 h") for n in range(1, count + 1)
    )
    content = stamped(ruta, replace(SAMPLE, hours_lines=lines, hours_total=f"{count} h"))
    text = text_of(content)

    assert was_stamped(content)
    assert len(pypdf.PdfReader(BytesIO(content)).pages) == 1 + -(-count // 18)
    assert all(f"Actividad {n} del curso" in text for n in range(1, count + 1))
    assert text.count("Total") == 1


def test_logos_are_drawn_in_order_and_missing_or_false_ones_stop_the_certificate(design):
    data = SAMPLES["kichwa"]
    with pikepdf.open(BytesIO(stamped(design, data))) as pdf:
        places = {}
        matrix = None
        for operands, operator in operations(pdf.pages[0]):
            matrix = operands if operator == "cm" else matrix
            if operator == "Do":
                places[str(operands[0])] = float(matrix[0]) / float(matrix[3])
        assert [round(ratio, 1) for ratio in places.values()] == [2.7, 1.0]

    with pytest.raises(AssetMissing, match=r"uno\.png"):
        draw(design, data, made_at=MADE_AT)
    for false in (b"<svg/>", b"GIF89a", SAMPLE_PICTURES["uno.png"][:200]):
        with pytest.raises(RenderFailed, match=r"uno\.png"):
            draw(design, data, made_at=MADE_AT, pictures={**SAMPLE_PICTURES, "uno.png": false})


def test_a_photograph_as_logo_keeps_the_file_small(ruta):
    noise = np.random.default_rng(7).integers(0, 255, (1500, 3000, 3), dtype=np.uint8)
    photo = BytesIO()
    Image.fromarray(noise).save(photo, "JPEG", quality=40)

    assert (
        len(
            draw(
                ruta,
                SAMPLES["kichwa"],
                made_at=MADE_AT,
                pictures={**SAMPLE_PICTURES, "uno.png": photo.getvalue()},
            )
        )
        < 150_000
    )


def test_the_badge_is_in_the_metadata_and_described(ruta):
    badge = '{"@context": ["https://www.w3.org/ns/credentials/v2"], "name": "Señas & <ñ>"}'
    for content in (
        stamped(ruta, replace(SAMPLE, credential=badge)),
        whole(ruta, replace(SAMPLE, credential=badge)),
    ):
        with pikepdf.open(BytesIO(content)) as pdf:
            assert undeclared(pdf.Root.Metadata.read_bytes()) == set()
            with pdf.open_metadata() as described:
                assert described["{urn:ruta:certificate#}credential"] == badge
        # The validator at hand is an allow-list that knows no extension schemas, which ``undeclared`` checks instead;
        # nothing else may be found.
        found = pdfa.validate_written(BytesIO(content), "2b").findings
        assert all("XMP namespace" in str(each) or "XMP property" in str(each) for each in found)
    assert "Señas" not in text_of(stamped(ruta, replace(SAMPLE, credential=badge)))


def undeclared(packet):
    """Return the properties of XMP that no schema of the standard has and the file does not describe.

    ISO 19005-2, 6.6.2.3: beside every property that is not predefined stands an extension schema with its name,
    namespace and prefix, and in it the property with its name, type, category and description, all of them texts.
    """
    root = ET.fromstring(packet)  # noqa: S314 - our own
    schemas, description = root.findall(f"{RDF}RDF/{RDF}Description")
    said = {element.tag for element in description if not element.tag.startswith(PREDEFINED)}
    found = set()
    for schema in schemas.iterfind(f"{EXTENSION}schemas/{RDF}Bag/{RDF}li"):
        texts = {child.tag: child.text for child in schema}
        assert texts[f"{SCHEMA}schema"]
        space, prefix = texts[f"{SCHEMA}namespaceURI"], texts[f"{SCHEMA}prefix"]
        assert f"<{prefix}:".encode() in packet
        assert f'xmlns:{prefix}="{space}"'.encode() in packet
        for each in schema.iterfind(f"{SCHEMA}property/{RDF}Seq/{RDF}li"):
            kinds = {child.tag.removeprefix(PROPERTY): child.text for child in each}
            assert set(kinds) == {"name", "valueType", "category", "description"}
            assert kinds["valueType"] == "Text"
            assert kinds["category"] in {"internal", "external"}
            assert kinds["description"]
            found.add(f"{{{space}}}{kinds['name']}")
    return said - found


def test_a_property_that_is_described_wrongly_or_not_at_all_is_found(ruta):
    with pikepdf.open(BytesIO(stamped(ruta, replace(SAMPLE, credential="{}")))) as pdf:
        packet = pdf.Root.Metadata.read_bytes()

    assert undeclared(packet.replace(b"Property:name>credential", b"Property:name>other")) == {
        "{urn:ruta:certificate#}credential"
    }
    with pytest.raises(AssertionError):
        undeclared(packet.replace(b"category>external", b"category>none"))


def test_memory_stays_flat(ruta):
    def held_after(start):
        for number in range(start, start + 12):
            address = f"https://ruta.example/v/{number}"
            stamped(ruta, replace(SAMPLE, holder_name=f"Participante {number}", verify_url=address))
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    held_after(0)
    tracemalloc.start()
    held = [held_after(start) for start in range(100, 600, 100)]
    tracemalloc.stop()

    # A leak grows each time. Once, whatever else lives in the process may: a cache that another test had emptied.
    assert min(after - before for before, after in pairwise(held)) < 30_000
