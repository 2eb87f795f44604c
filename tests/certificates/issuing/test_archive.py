"""An issued file, with its badge and its signature, is a PDF/A-2b for judges that share no code with the product."""

from dataclasses import replace

import pytest

from lms.certificates.designs.draw import draw
from lms.certificates.issuing import service
from lms.certificates.issuing.design import design_named
from lms.certificates.issuing.files import read_pdf
from lms.certificates.issuing.making import Press
from lms.certificates.issuing.rules import Kind
from lms.core.actors import SYSTEM
from lms.core.context import SETTINGS
from lms.core.settings import Secret
from lms.testing.archives import archive_faults, has_preflight, read_preflight
from lms.testing.factories.accounts import make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.credentials import make_badge_key
from lms.testing.factories.learning import make_enrolment
from lms.testing.pytest_plugin import TODAY
from tests.certificates.credentials import authorities

NAMES = {
    "ruta": "Sisa Ñust’a Kʼuychi",
    "sobria": "Łucja Škvorecká Őry Ẽ’ỹ",
    "vertical": "María Guadalupe de los Ángeles Hernández-Ñáñez y Fernández de Córdova",
}


@pytest.fixture
def signing(app, settings, tmp_path):
    """Let an invented authority sign whatever is issued."""
    root = authorities.make("Autoridad inventada")
    pair = authorities.make("Secretaría técnica", issuer=root, key=authorities.rsa_key())
    path = authorities.write_p12(tmp_path / "firma.p12", pair, root)
    app.extensions[SETTINGS] = replace(settings, sign_p12=path, sign_password=Secret(authorities.PASSWORD))
    yield
    app.extensions[SETTINGS] = settings


@pytest.mark.parametrize("design", NAMES)
def test_an_issued_file_with_badge_and_signature_is_an_archive(unit, signing, design):
    press = Press(design=lambda _name: design_named(design), draw=draw)
    with unit():
        make_badge_key()
        enrolment = make_enrolment(person=make_person(given_names=NAMES[design]))
        make_completion(enrolment)
        kind = Kind.CERTIFICADO
        certificate = service.issue(enrolment, kind=kind, number=1, press=press, actor=SYSTEM, now=TODAY)
        content = read_pdf(certificate)

    assert b"/ByteRange" in content
    assert b"pdfaExtension:schemas" in content
    assert len(content) < 150_000
    assert archive_faults({"issued": content}) == {}
    if has_preflight():
        # As long as it was, so that every place of the file stays where it was said to be.
        undescribed = content.replace(b"Property:name>credential<", b"Property:name>credentjal<")
        assert undescribed != content
        ((fault,),) = archive_faults({"issued": undescribed}).values()
        assert "No type defined for {urn:ruta:certificate#}credential" in fault


def test_only_what_the_second_part_asks_differently_is_passed_over():
    said = """
        The file 0.pdf is not a valid PDF/A-1b file, error(s) :
        2.1.6 : Invalid graphics object, Invalid version of the ICCProfile
        3.1.11 : Invalid Font definition, ABCDEF+Rara: The CIDSet entry is missing for the Composite Subset
        3.1.3 : Invalid Font definition, Helvetica: FontFile entry is missing from FontDescriptor
        7.11.2 : Error on MetaData, part must be 1

        The file 1.pdf is a valid PDF/A-1b file
    """
    assert read_preflight(said) == {
        "0.pdf": [
            "3.1.3 : Invalid Font definition, Helvetica: FontFile entry is missing from FontDescriptor"
        ],
        "1.pdf": [],
    }
