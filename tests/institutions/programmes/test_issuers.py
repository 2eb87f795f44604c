"""Authorities that issue together: their order, their logos, and what is no picture."""

from io import BytesIO

import pytest
from PIL import Image

from lms.certificates.designs.content import Issuer
from lms.core.context import current_storage
from lms.institutions.programmes.errors import LogoUnreadable
from lms.institutions.programmes.logos import read_logo
from lms.institutions.programmes.queries import get_programme, list_issuers
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.certificates import make_certificate, make_logo
from lms.testing.factories.learning import make_cohort


def png_with_secret():
    kept = BytesIO()
    picture = Image.new("RGBA", (3000, 900), (200, 0, 0, 0))
    picture.save(kept, "PNG")
    return kept.getvalue() + b"<script>alert(1)</script>"


def test_authorities_stand_in_order_with_their_logos_on_the_page_and_on_paper(client_for, unit):
    with unit():
        cohort = make_cohort()
        programme_id, administrator = cohort.programme_id, make_administrator()
    browser, path = client_for(administrator), f"/programmes/{programme_id}/issuers"
    browser.get(path)
    values = {"name_1": "Comisión Uno", "unit_1": "Secretaría", "name_2": "Instituto Dos", "unit_2": ""}
    browser.post(path, {**values, "logo_1": (BytesIO(make_logo()), "uno.png")})
    browser.post(path, {**values, "logo_2": (BytesIO(png_with_secret()), "dos.jpg")})
    page = browser.get(f"/programmes/{programme_id}")
    assert page.text.index("Comisión Uno") < page.text.index("Instituto Dos")
    assert browser.raw.get(f"/programmes/{programme_id}/logos/2.png").data.startswith(b"\x89PNG")
    with unit():
        first, second = list_issuers(get_programme(programme_id))
        kept = current_storage().get(second.logo)
        assert b"script" not in kept, "what hangs behind a picture is not kept"
        assert Image.open(BytesIO(kept)).size == (1200, 360)
        said = make_certificate(cohort).document.printed
    assert said.issuers == (
        Issuer("Comisión Uno", "Secretaría", first.logo), Issuer("Instituto Dos", "", second.logo),
    )  # fmt: skip
    browser.post(path, {**values, "name_2": "", "drop_1": "y"})
    with unit():
        (only,) = list_issuers(get_programme(programme_id))
        assert only.logo == ""


@pytest.mark.parametrize("content", [b"", b"<svg xmlns='x'/>", b"GIF89a....", b"\x89PNG\r\n\x1a\nroto"])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(LogoUnreadable):
        read_logo(content)


def test_a_broken_logo_is_refused_beside_its_field_and_changes_nothing(client_for, unit):
    with unit():
        programme_id, administrator = make_cohort().programme_id, make_administrator()
        before = get_programme(programme_id).issuer_name
    values = {"name_1": "Otra", "logo_1": (BytesIO(b"nada"), "uno.png")}
    page = client_for(administrator).post(f"/programmes/{programme_id}/issuers", values, status=422)
    assert "no se pudo leer" in page.text
    with unit():
        assert get_programme(programme_id).issuer_name == before
