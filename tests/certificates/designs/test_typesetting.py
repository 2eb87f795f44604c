from pathlib import Path

import pytest

from lms.certificates.designs.typesetting import TextDoesNotFit, Typesetter
from lms.core.pdf_assets import AssetRefused

FACE = "fonts/ruta-sans-640.ttf"


@pytest.fixture
def setter():
    return Typesetter(folder=Path(__file__).parents[3] / "certificates" / "ruta")


def test_a_short_text_keeps_the_first_size(setter):
    assert setter.fit("Ana Ruiz", FACE, 500, [[40, 1], [30, 2]]).lines == ("Ana Ruiz",)


def test_a_long_text_takes_the_next_step_and_even_lines(setter):
    fitted = setter.fit(
        "Ruta de Detección y Canalización de Víctimas de Trata", FACE, 400, [[30, 1], [20, 2]]
    )

    assert fitted.size == 20
    assert fitted.lines == ("Ruta de Detección y Canalización", "de Víctimas de Trata")


def test_a_text_that_fits_no_step_shrinks_until_it_does(setter):
    fitted = setter.fit("Constitucionalidad", FACE, 100, [[40, 1]])

    assert fitted.lines == ("Constitucionalidad",)
    assert 5 < fitted.size < 40


def test_a_text_that_fits_at_no_legible_size_is_refused(setter):
    with pytest.raises(TextDoesNotFit):
        setter.fit("Constitucionalidad", FACE, 10, [[40, 1]])


def test_texts_set_together_share_the_size_of_the_longest(setter):
    sizes = {text.size for text in setter.fit_all(["Uno", "Responsabilidades"], FACE, 60, [[12, 1]])}

    assert len(sizes) == 1
    assert sizes.pop() < 12


def test_an_address_is_cut_after_its_dots(setter):
    fitted = setter.fit("formacion.comision.gob.example/v", FACE, 90, [[9, 3]], after="./-")

    assert "".join(fitted.lines) == "formacion.comision.gob.example/v"
    assert all(line.endswith((".", "/v")) for line in fitted.lines)


def test_a_face_outside_the_folder_is_refused(setter):
    with pytest.raises(AssetRefused):
        setter.fit("Ana", "../../fonts/face.ttf", 100, [[10, 1]])
