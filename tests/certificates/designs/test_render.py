import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdf
import pytest

from lms.certificates.designs.content import CertificateData, Signatory
from lms.certificates.designs.folder import load_design
from lms.certificates.designs.render import render_certificate
from lms.certificates.designs.sample import SAMPLE
from lms.core.pdf_assets import AssetMissing, RenderFailed

RUTA = Path(__file__).parents[3] / "certificates" / "ruta"
GOLDEN = Path(__file__).with_name("golden")
MADE_AT = datetime(2025, 12, 2, 18, 30, tzinfo=UTC)
LONG_NAME = "María Guadalupe de los Ángeles Hernández-Ñáñez y Fernández de Córdova Quiñones"
CROWDED = replace(
    SAMPLE,
    holder_name=LONG_NAME,
    issuer_name="Comisión Interinstitucional contra los Delitos en Materia de Trata de Personas del Estado de Ejemplo",
    issuer_unit="Secretaría Ejecutiva del Sistema Estatal de Protección Integral de los Derechos de Niñas, Niños y "
    "Adolescentes, y organismos que la acompañan",
    conditions="con evaluación final, tres simulaciones, un plan de aplicación aprobado y 2 sesiones presenciales",
    verify_label="formacion.comision.estado.gob.example/v",
    signatories=(
        Signatory(
            "Participante 001 con Nombre Largo y Compuesto", "Secretaría Técnica de la Comisión de ejemplo"
        ),
        Signatory("Participante 002", "Responsable académica"),
    ),
)


@pytest.fixture(scope="module")
def design():
    return load_design(RUTA)


def render(design, **changes):
    return render_certificate(design, replace(SAMPLE, **changes), made_at=MADE_AT)


def lines_of(content):
    text = pypdf.PdfReader(BytesIO(content)).pages[0].extract_text()
    return [line.strip() for line in text.splitlines() if line.strip()]


def text_of(content):
    return " ".join(lines_of(content))


def drawn_qr(content):
    """Draw the last filled path of the page, which is the QR, as a reader would, with its quiet zone."""
    with pikepdf.open(BytesIO(content)) as pdf:
        outlines, last = [], []
        for instruction in pikepdf.parse_content_stream(pdf.pages[0]):
            operator = str(instruction.operator)
            if operator == "m":
                outlines.append([])
            if operator in {"m", "l"}:
                outlines[-1].append([float(value) for value in instruction.operands])
            if operator in {"f", "f*", "S", "n", "B"}:
                last, outlines = (outlines if len(outlines) > len(last) else last), []
    corners = np.vstack(last)
    scale = 6
    polygons = [np.int32((np.array(outline) - corners.min(axis=0)) * scale + 4 * scale) for outline in last]
    side = int((np.ptp(corners, axis=0).max() + 8) * scale)
    picture = np.full((side, side), 255, np.uint8)
    return cv2.fillPoly(picture, polygons, 0)


def test_the_text_of_the_design_is_the_agreed_one(design):
    expected = (GOLDEN / "ruta.txt").read_text(encoding="utf-8").splitlines()

    assert lines_of(render(design)) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Li Wu",
        "Participante 014",
        "Marisol Quispe Andrade",
        "Sisa Ñust’a Kʼuychi Guamán",
        "Łucja Nguyễn Ỹ",
        "Guadalupe Concepción Villavicencio Torres",
        LONG_NAME,
    ],
)
def test_the_name_is_extracted_exactly(design, name):
    assert name in text_of(render(design, holder_name=name))


def test_a_decomposed_name_is_printed_composed(design):
    typed = "Marı́a  Nún\u0303ez".replace("ı", "i")

    assert "María Núñez" in text_of(render(design, holder_name=typed))


def test_the_crowded_certificate_holds_everything(design):
    text = text_of(render_certificate(design, CROWDED, made_at=MADE_AT))

    for words in (LONG_NAME, CROWDED.issuer_name, CROWDED.issuer_unit, CROWDED.statement, *CROWDED.modules):
        assert words in text


@pytest.mark.parametrize("count", [0, 1, 4, 6, 8, 9, 10, 17])
def test_every_module_is_named(design, count):
    modules = tuple(f"Módulo {number} del curso" for number in range(1, count + 1))
    text = text_of(render(design, modules=modules))

    assert all(module in text for module in modules)


def test_many_modules_are_counted(design):
    text = text_of(render(design, modules=tuple(f"Módulo {number}" for number in range(1, 31))))

    assert "Módulos 1 a 4" in text
    assert "Módulos 28 a 30" in text


@pytest.mark.parametrize("count", [0, 1, 2])
def test_up_to_two_people_sign(design, count):
    text = text_of(render(design, signatories=SAMPLE.signatories[:count]))

    assert ("Participante 001" in text, "Participante 002" in text) == (count > 0, count > 1)


def test_the_words_follow_the_language(design):
    text = text_of(render(design, language="en"))

    assert "completed the course" in text
    assert "acreditó el curso" not in text


def test_names_are_text_and_never_markup(design):
    assert "<b>Ana</b> {{ folio }} & Co." in text_of(
        render(design, holder_name="<b>Ana</b> {{ folio }} & Co.")
    )


def test_a_sign_without_a_letter_is_refused(design):
    with pytest.raises(RenderFailed, match="王"):
        render(design, holder_name="王 Ana")


def test_the_qr_drawn_leads_to_the_verification(design):
    assert cv2.QRCodeDetector().detectAndDecode(drawn_qr(render(design)))[0] == SAMPLE.verify_url


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs pdftoppm (package poppler-utils)")
@pytest.mark.parametrize("data", [SAMPLE, CROWDED], ids=["sample", "crowded"])
def test_the_qr_of_the_printed_page_is_read(design, tmp_path, data):
    (tmp_path / "c.pdf").write_bytes(render_certificate(design, data, made_at=MADE_AT))
    command = ["pdftoppm", "-r", "150", "-png", "-singlefile", tmp_path / "c.pdf", tmp_path / "c"]
    subprocess.run(command, check=True)

    assert cv2.QRCodeDetector().detectAndDecode(cv2.imread(str(tmp_path / "c.png")))[0] == data.verify_url
    if shutil.which("zbarimg"):
        command = ["zbarimg", "--quiet", "--raw", tmp_path / "c.png"]
        read = subprocess.run(command, check=True, capture_output=True, text=True)
        assert read.stdout.strip() == data.verify_url


def test_the_file_is_small_and_of_one_page(design):
    content = render_certificate(design, CROWDED, made_at=MADE_AT)

    assert len(content) < 60_000  # the promise is 150 KB
    with pikepdf.open(BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1
        assert not pdf.pages[0].get_images()
        assert str(pdf.Root.Lang) == "es-MX"
        assert str(pdf.docinfo["/Title"]) == "Constancia de acreditación RT7K-4M2Q-9D"


def test_the_same_certificate_has_the_same_bytes(design):
    assert render(design) == render(design)


def test_the_wall_follows_the_course_and_not_the_person(design):
    def wall(**changes):
        with pikepdf.open(BytesIO(render(design, **changes))) as pdf:
            return pdf.pages[0].Contents.read_bytes().partition(b"BDC")[0]

    assert wall(holder_name="Ana") == wall(holder_name="Eva")
    assert wall(wall="un-curso") != wall(wall="otro-curso")


def test_a_picture_that_goes_missing_stops_the_certificate(tmp_path):
    folder = Path(shutil.copytree(RUTA, tmp_path / "copia"))
    design = load_design(folder)
    (folder / "fonts" / "ruta-sans-540.ttf").unlink()

    with pytest.raises(AssetMissing, match="ruta-sans-540"):
        render(design)


def test_the_words_are_kept_composed_and_single_spaced():
    data = replace(
        SAMPLE, holder_name=" Ana\n  Marı́a ".replace("ı", "i"), signatories=(("Eva  Ruiz", "Jefa"),)
    )

    assert data.holder_name == "Ana María"
    assert data.signatories == (Signatory("Eva Ruiz", "Jefa"),)
    assert isinstance(data, CertificateData)
