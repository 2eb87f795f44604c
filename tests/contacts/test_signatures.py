"""A contact that asks to be verified reaches nobody until a named person signs what it says."""

from datetime import date

import pytest
from click.testing import CliRunner

from lms.contacts import queries, service
from lms.contacts.cli import contacts
from lms.contacts.errors import ContactNotRead
from lms.contacts.privacy import SIGNATURES
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.errors import Forbidden
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.contacts import make_contact, make_emergency

FRESH = date(2026, 11, 1)
WHAT = "la dirección, con la fiscalía"
SECRETS = (
    "Refugio del norte",
    "800 111 2222",
    "8001112222",
    "Calle Uno 5",
    "example.org/refugio",
    "Toque dos veces",
)
FILE = """\
- clave: mx-refugio
  territorio: MX
  tipo: unidad
  nombre: Refugio del norte
  numero: 800 111 2222
  direccion: Calle Uno 5
  fuente: https://example.org/refugio
  nota: Toque dos veces
  verificado: 2026-11-01
  verifico: Secretaría técnica
  verificar: la dirección, con la fiscalía
"""


def make_held(**values):
    return make_contact(
        key="mx-refugio", name="Refugio del norte", number="800 111 2222", address="Calle Uno 5",
        source="https://example.org/refugio", note="Toque dos veces", to_verify=WHAT, verified_on=FRESH, **values,
    )  # fmt: skip


def assert_hidden(text):
    assert [secret for secret in SECRETS if secret in text] == []


@pytest.fixture
def held(unit):
    with unit():
        make_emergency(verified_on=FRESH)
        return make_held()


@pytest.fixture
def reviewer(unit):
    with unit():
        person = make_person()
        give_role(person, Role.REVIEWER, ScopeKind.EVERYWHERE)
    return person


def sign(browser, contact, post="Dirección jurídica"):
    (field,) = browser.get(f"/contacts/{contact.id}").select("input[name=fingerprint]")
    return browser.post(f"/contacts/{contact.id}/sign", {"post": post, "fingerprint": field["value"]})


@pytest.mark.parametrize("path", ["/contacts/", "/contacts/?place=MX", "/case-now"])
def test_nobody_reads_it_and_the_emergency_number_stands_in_its_place(client, held, path):
    page = client.get(path)
    assert_hidden(page.text)
    (shown,) = page.select("#mx-refugio")
    assert "Contacto por confirmar" in shown.get_text()
    assert [tag["href"] for tag in shown.select("a")] == ["tel:911"]


def test_an_emergency_number_that_waits_gives_way_to_a_wider_one(client, unit):
    with unit():
        make_emergency(verified_on=FRESH)
        make_emergency(place="MX-ROO", number="998", to_verify="el número", verified_on=FRESH)
        make_contact(key="mx-roo-otra", place="MX-ROO")
        assert queries.emergency_for("MX-ROO", FRESH).number == "911"
    page = client.get("/contacts/")
    assert "tel:998" not in page.text
    for key in ("mx-roo-998", "mx-roo-otra"):
        (shown,) = [tag for tag in page.select("li") if tag.get("id") == key]
        assert "911" in shown.get_text()


def test_a_named_reviewer_reads_it_whole_and_signs_it_for_everybody(client, client_for, held, reviewer, unit):
    browser = client_for(reviewer)
    assert "uno espera una firma" in browser.get("/contacts/manage").text
    assert len(browser.get("/contacts/manage?state=held").select("tbody tr")) == 1
    page = browser.get(f"/contacts/{held.id}")
    assert all(secret in page.text for secret in (*SECRETS[:2], *SECRETS[3:], WHAT))
    sign(browser, held)
    assert "800 111 2222" in client.get("/contacts/").select("#mx-refugio")[0].get_text()
    after = browser.get(f"/contacts/{held.id}").text
    assert f"{reviewer.name}, Dirección jurídica, el 20 de noviembre de 2026" in after
    assert "Se firmó «Refugio del norte» (800 111 2222) con el cargo Dirección jurídica" in after
    assert "espera una firma" not in browser.get("/contacts/manage").text


def test_who_does_not_sign_is_refused(client_for, held, unit, reviewer):
    with unit():
        trainer = make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.EVERYWHERE)
        contact = queries.find_by_key("mx-refugio")
        with pytest.raises(Forbidden):
            service.sign_contact(
                contact,
                fingerprint=contact.values.fingerprint,
                post="X",
                today=FRESH,
                actor=SYSTEM,
                now=now(),
            )
    client_for(trainer).post(f"/contacts/{held.id}/sign", {"post": "X"}, status=403)
    page = client_for(reviewer).post(f"/contacts/{held.id}/sign", {"post": ""}, status=422)
    assert "Escriba su cargo" in page.errors()


def test_what_changed_while_it_was_read_is_not_signed(client, client_for, held, reviewer):
    data = {"post": "Dirección jurídica", "fingerprint": "0" * 16}
    page = client_for(reviewer).post(f"/contacts/{held.id}/sign", data, status=ContactNotRead.status)
    assert "Vuelva a leerlo antes de firmar" in page.text
    assert_hidden(client.get("/contacts/").text)


def test_a_file_that_leaves_the_tool_does_not_carry_it(client_for, held, unit):
    with unit():
        administrator = make_administrator()
    text = client_for(administrator).raw.get("/contacts/manage.csv").get_data().decode("utf-8-sig")
    assert_hidden(text)
    assert "mx-refugio" in text
    assert "Espera una firma" in text


def test_the_mark_is_not_erased_and_another_word_loses_the_signature(
    client, client_for, held, reviewer, unit
):
    with unit():
        administrator = make_administrator()
    keeper = client_for(administrator)
    sign(client_for(reviewer), held)
    form = {
        "name": "Refugio del norte", "key": "mx-refugio", "kind": "hotline", "place": "MX",
        "number": "800 111 2222", "source": "https://example.org/refugio", "address": "Calle Dos 6",
        "note": "Toque dos veces", "hours": "24 horas",
    }  # fmt: skip
    form["read"] = keeper.get(f"/contacts/{held.id}/edit").select("input[name=read]")[0]["value"]
    refused = keeper.post(f"/contacts/{held.id}/edit", {**form, "to_verify": ""}, status=422)
    assert "La marca no se borra" in refused.errors()
    keeper.post(f"/contacts/{held.id}/edit", {**form, "to_verify": WHAT})
    assert "su firma dejó de valer" in keeper.get(f"/contacts/{held.id}").text
    assert_hidden(client.get("/contacts/").text)
    assert "Calle Dos 6" not in client.get("/contacts/").text


def test_the_command_says_what_is_held_and_another_number_needs_another_signature(
    app, client, client_for, reviewer, unit, tmp_path
):
    file, run = tmp_path / "directorio.yaml", CliRunner()

    def bring(text, *options):
        file.write_text(text, encoding="utf-8")
        return run.invoke(contacts, ["import", str(file), *options], obj=lambda: app).output

    looked = bring(FILE)
    assert f"mx-refugio: se agrega; nadie lo verá hasta que alguien firme: {WHAT}" in looked
    assert "En espera de una firma en /contacts/manage: 1. Nada se guardó" in looked
    bring(FILE, "--apply")
    assert_hidden(client.get("/contacts/").text)
    with unit():
        contact = queries.find_by_key("mx-refugio")
    sign(client_for(reviewer), contact)
    assert "mx-refugio: igual\n" in bring(FILE, "--apply")
    forgets = FILE.replace(f"  verificar: {WHAT}\n", "")
    assert "mx-refugio: igual\n" in bring(forgets, "--apply")
    other = forgets.replace("800 111 2222", "800 333 4444")
    assert "cambia (number); nadie lo verá hasta que alguien firme" in bring(other)
    bring(other, "--apply")
    text = client.get("/contacts/").text
    assert "800 333 4444" not in text
    assert_hidden(text)


@pytest.mark.parametrize(("word", "marks"), [("si", True), ("true", True), ("no", False), ('""', False)])
def test_a_file_marks_a_whole_contact_with_yes(unit, app, tmp_path, word, marks):
    file = tmp_path / "directorio.yaml"
    file.write_text(FILE.replace(WHAT, word), encoding="utf-8")
    output = CliRunner().invoke(contacts, ["import", str(file)], obj=lambda: app).output
    assert ("todo lo que dice, con su institución" in output) is marks


def test_whoever_deletes_their_account_leaves_the_contact_in_service(
    client, client_for, held, reviewer, unit
):
    sign(client_for(reviewer), held)
    with unit():
        administrator = make_administrator()
    keeper = client_for(administrator)
    assert reviewer.name in keeper.get(f"/contacts/{held.id}").text
    with unit():
        assert SIGNATURES.export(reviewer.id) == [
            {"contact": "mx-refugio", "post": "Dirección jurídica", "signed": "2026-11-20"}
        ]
        assert SIGNATURES.erase(reviewer.id) == 1
    assert "Cuenta borrada, Dirección jurídica" in keeper.get(f"/contacts/{held.id}").text
    assert "800 111 2222" in client.get("/contacts/").text
