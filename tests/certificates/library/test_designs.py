"""Designs that administrators bring: checked, looked at, published by versions, and used by programmes."""

import re
from io import BytesIO

import pytest

from lms.certificates.issuing.rules import USUAL, Kind, Term
from lms.certificates.issuing.setting import PolicyValues, set_policy
from lms.certificates.library import service
from lms.certificates.library.errors import DesignInUse, DesignLost, DesignNameTaken, VersionNotNew
from lms.certificates.library.shelf import find_design, list_shelf
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.context import current_settings
from lms.institutions.programmes.queries import get_programme
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.certificates import make_certificate, zip_design
from lms.testing.factories.learning import make_cohort
from lms.testing.pytest_plugin import TODAY


def packed(app, *, version=1):
    folder = app.extensions["lms_settings"].designs_dir / "ruta"
    told = (folder / "metadata.toml").read_text(encoding="utf-8")
    return zip_design(
        folder, metadata=re.sub(r"^version = \d+", f"version = {version}", told, flags=re.MULTILINE)
    )


def send(browser, content, name="institucional", **options):
    values = {"name": name, "file": (BytesIO(content), "diseno.zip")}
    return browser.post("/certificate-designs/", values, **options)


def test_an_uploaded_design_is_looked_at_published_and_then_drawn_with(app, client_for, unit):
    with unit():
        administrator = make_administrator()
    browser = client_for(administrator)
    address = send(browser, packed(app, version=3)).response.location
    page = browser.get(address)
    samples = [link["href"] for link in page.select("main a[href*='sample.pdf']")]
    assert len(samples) == 4
    assert browser.raw.get(samples[2]).data.startswith(b"%PDF-")
    shelf = browser.get("/certificate-designs/").select("main a[href*='/shelf/']")
    assert [link["href"].rpartition("/")[2] for link in shelf] == ["ruta.pdf", "sobria.pdf", "vertical.pdf"]
    assert browser.raw.get(shelf[1]["href"]).data.startswith(b"%PDF-")
    assert browser.raw.get("/certificate-designs/shelf/institucional.pdf").status_code == 404
    with unit():
        with pytest.raises(DesignLost):
            find_design("institucional")
        assert "institucional" not in [each.name for each in list_shelf()]
    browser.post(f"{address}/publish", {})
    with unit():
        cohort = make_cohort()
        values = PolicyValues(rule=USUAL[Kind.CERTIFICADO], term=Term(), design="institucional", title="")
        set_policy(get_programme(cohort.programme_id), None, values, actor=SYSTEM, now=TODAY)
        certificate = make_certificate(cohort)
        assert (certificate.design, certificate.design_version) == ("institucional", 3)
        assert certificate.design_digest == find_design("institucional").digest
    page = browser.get(f"/certificates/programmes/{cohort.programme_id}/rule")
    assert page.select("option[value=institucional][selected]")


def test_what_is_wrong_with_a_design_is_said_all_at_once_and_nothing_is_kept(app, client_for, unit):
    with unit():
        administrator = make_administrator()
    browser = client_for(administrator)
    page = send(browser, b"PK\x03\x04 roto", status=422)
    assert "Hay que corregirlo" in page.text
    page = send(browser, packed(app), name="ruta", status=422)
    assert "Elija otro" in page.text
    assert "Versiones que se subieron" not in browser.get("/certificate-designs/").text


def test_versions_only_grow_and_what_was_published_stays(app, unit):
    with unit():
        first = service.upload(packed(app, version=2), name="otro", actor=SYSTEM, now=TODAY)
        with pytest.raises(VersionNotNew):
            service.upload(packed(app, version=2), name="otro", actor=SYSTEM, now=TODAY)
        with pytest.raises(DesignNameTaken):
            service.upload(packed(app), name="ruta", actor=SYSTEM, now=TODAY)
        service.publish(first, actor=SYSTEM, now=TODAY)
        with pytest.raises(DesignInUse):
            service.discard(first, actor=SYSTEM, now=TODAY)
        draft = service.upload(packed(app, version=5), name="otro", actor=SYSTEM, now=TODAY)
        assert find_design("otro").metadata.version == 2
        service.discard(draft, actor=SYSTEM, now=TODAY)


def test_what_was_changed_on_the_disk_is_unpacked_anew(app, unit):
    with unit():
        row = service.upload(packed(app, version=7), name="cuidado", actor=SYSTEM, now=TODAY)
        service.publish(row, actor=SYSTEM, now=TODAY)
        before = find_design("cuidado")
        theme = current_settings().data_dir / "designs" / row.file_digest / "cuidado" / "theme.css"
        theme.write_text(theme.read_text(encoding="utf-8") + "/* cambiado */", encoding="utf-8")
        assert find_design("cuidado").digest == before.digest == row.digest
        assert "cambiado" not in theme.read_text(encoding="utf-8")


def test_whoever_administers_one_programme_brings_no_designs(client_for, unit):
    with unit():
        person = make_person()
        give_role(person, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, make_cohort().programme_id)
    client_for(person).get("/certificate-designs/", status=403)
