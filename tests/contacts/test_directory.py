"""The directory: what everybody reads, what those who keep it do, and what the file brings in."""

from datetime import date

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from lms.contacts import queries
from lms.contacts.cli import contacts
from lms.contacts.loading import Verdict, bring_in, judge
from lms.contacts.messages import RemindOfContacts
from lms.contacts.models import Contact
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.audit import AuditEntry
from lms.core.clock import now
from lms.core.context import current_settings
from lms.core.db import db
from lms.core.jobs.orders import enqueue
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.rules import Scale
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.contacts import make_contact, make_emergency

TODAY = date(2026, 11, 20)
FRESH, OLD = date(2026, 11, 1), date(2026, 7, 1)
FILE = """\
- clave: mx-911
  territorio: MX
  nombre: Emergencias
  numero: "911"
  fuente: https://example.org
  emergencia: true
- clave: mx-albergue
  territorio: MX-ROO
  tipo: unidad
  sectores: [salud, trabajo-social]
  nombre: Refugio especializado
  numero: 800 000 0000
  fuente: Oficio de la comisión
  verificado: 2026-11-01
  verifico: Secretaría técnica
"""


def make_programme(code="QROO", country="MX"):
    programme = Programme(
        code=code, name=f"Programa {code}", issuer_name="Comisión", country=country, timezone="America/Cancun",
        scale=Scale.TEN, starts_on=TODAY,
    )  # fmt: skip
    db.session.add(programme)
    db.session.flush()
    return programme


@pytest.fixture
def keeper(unit, client_for):
    with unit():
        administrator = make_administrator()
    return client_for(administrator)


def verify(browser, contact, values, status=303):
    (field,) = browser.get(f"/contacts/{contact.id}").select("#verify ~ form input[name=read]")
    url = f"/contacts/{contact.id}/verify"
    return browser.post(url, {**values, "read": field["value"]}, status=status)


def edit(browser, contact, values, status=303):
    url = f"/contacts/{contact.id}/edit"
    (field,) = browser.get(url).select("input[name=read]")
    return browser.post(url, {**values, "read": field["value"]}, status=status)


def form_of(contact, **values):
    names = ("name", "key", "place", "number", "hours", "source")
    return {**{name: getattr(contact, name) for name in names}, "kind": contact.kind.value, **values}


def contact_of(unit, key):
    with unit():
        return queries.find_by_key(key)


def test_a_stranger_reads_numbers_with_their_source_and_their_day(client, unit):
    with unit():
        make_emergency()
        make_contact(verified_on=FRESH)
        make_contact(key="pe-1818", name="Línea 1818", place="PE", number="1818")
    page = client.get("/contacts/")
    assert [tag["href"] for tag in page.select("#mx-linea a[href^='tel:']")] == ["tel:8000000000"]
    assert "Comprobado el 1 nov 2026" in page.select("#mx-linea")[0].get_text()
    assert page.select("#mx-linea a[href='https://example.org/linea']")
    only = client.get("/contacts/?place=PE")
    assert only.select("#pe-1818")
    assert not only.select("#mx-linea")


@pytest.mark.parametrize("verified_on", [None, OLD])
def test_a_doubtful_number_stands_beside_the_emergency_number(client, unit, verified_on):
    with unit():
        make_emergency()
        make_contact(verified_on=verified_on)
    shown = client.get("/contacts/").select("#mx-linea")[0]
    assert "Por confirmar" in shown.get_text()
    assert [tag["href"] for tag in shown.select("a[href^='tel:']")] == ["tel:8000000000", "tel:911"]


def test_an_emergency_number_of_another_country_is_never_offered(client, unit):
    with unit():
        make_emergency()
        make_contact(key="ec-linea", place="EC")
    shown = client.get("/contacts/").select("#ec-linea")[0]
    assert not shown.select("a[href='tel:911']")


def test_the_directory_takes_one_query(unit, count_queries):
    with unit():
        make_emergency()
        for number in range(5):
            make_contact(key=f"mx-{number}")
    with unit(), count_queries() as statements:
        found = queries.list_entries(["mx-0", "mx-3", "none"], TODAY)
    assert len(statements) == 1
    assert sorted(found) == ["mx-0", "mx-3"]
    assert {entry.emergency.number for entry in found.values()} == {"911"}


def test_a_keeper_adds_a_contact_that_waits_to_be_confirmed(keeper, unit):
    values = {
        "name": "Refugio", "key": "mx-refugio", "kind": "unit", "place": "mx-roo", "number": "800 111",
        "source": "Oficio", "sectors": ["health"],
    }  # fmt: skip
    answer = keeper.post("/contacts/new", values)
    page = keeper.get(answer.location)
    assert "Por confirmar" in page.text
    assert "Se agregó el contacto «Refugio» (MX-ROO)" in page.text
    made = contact_of(unit, "mx-refugio")
    assert (made.place, made.sectors, made.verified_on) == ("MX-ROO", ["health"], None)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"key": "mx-linea"}, "Otro contacto ya usa esa clave"),
        ({"key": "Mal clave"}, "minúsculas, cifras y guiones"),
        ({"place": "Narnia"}, "El lugar es un código"),
        ({"source": ""}, "Escriba este dato"),
    ],
)
def test_a_refusal_stands_beside_its_field(keeper, unit, change, sentence):
    with unit():
        make_contact()
    values = {
        "name": "X", "key": "mx-x", "kind": "hotline", "place": "MX", "number": "1", "source": "Y", **change
    }  # fmt: skip
    assert sentence in keeper.post("/contacts/new", values, status=422).errors()


def test_another_number_loses_its_confirmation_and_leaves_a_trace(keeper, unit):
    with unit():
        contact = make_contact(verified_on=FRESH)
    form = {
        "name": contact.name, "key": contact.key, "kind": "hotline", "place": "MX", "number": "800 999",
        "source": contact.source,
    }  # fmt: skip
    edit(keeper, contact, form)
    page = keeper.get(f"/contacts/{contact.id}")
    assert "pasó de 800 000 0000 a 800 999 y quedó por confirmar" in page.text
    assert contact_of(unit, "mx-linea").verified_on is None


def test_the_key_stays(keeper, unit):
    with unit():
        contact = make_contact()
    form = {"name": "X", "key": "otra", "kind": "hotline", "place": "MX", "number": "1", "source": "Y"}
    assert "La clave no se cambia" in edit(keeper, contact, form, status=422).errors()


def test_confirming_shows_the_day_and_the_post_at_once(keeper, client, unit):
    with unit():
        contact = make_contact()
    form = {"verified_on": "2026-11-20", "verified_by": "Jefatura de guardia"}
    verify(keeper, contact, form)
    assert "Comprobado el 20 nov 2026" in client.get("/contacts/").text
    assert "Lo comprobó: Jefatura de guardia" in client.get("/contacts/").text


def test_a_number_that_changed_while_it_was_read_is_not_confirmed(keeper, unit):
    with unit():
        contact = make_contact()
    read = contact.values.fingerprint
    edit(keeper, contact, form_of(contact, number="800 999"))
    form = {"verified_on": "2026-11-20", "verified_by": "Jefatura de guardia", "read": read}
    page = keeper.post(f"/contacts/{contact.id}/verify", form, status=409)
    assert "Nada se guardó" in page.errors()
    assert "800 999" in page.text
    assert page.select("input[name=verified_by]")[0]["value"] == "Jefatura de guardia"
    assert contact_of(unit, "mx-linea").verified_on is None
    verify(keeper, contact, {"verified_on": "2026-11-20", "verified_by": "Jefatura de guardia"})
    assert contact_of(unit, "mx-linea").verified_on == TODAY


def test_a_second_editor_gets_their_words_back_beside_the_other_ones(keeper, unit):
    with unit():
        contact = make_contact()
    url, read = f"/contacts/{contact.id}/edit", contact.values.fingerprint
    edit(keeper, contact, form_of(contact, number="800 999", name="Línea nueva"))
    mine = form_of(contact, number="800 555", sectors=["health"], read=read)
    page = keeper.post(url, mine, status=409)
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in page.select("tbody tr")]
    assert ["Número", "800 999", "800 555"] in rows
    assert ["Nombre", "Línea nueva", "Línea de prueba"] in rows
    assert page.select("input[name=number]")[0]["value"] == "800 555"
    assert contact_of(unit, "mx-linea").number == "800 999"
    shown = page.select("input[name=read]")[0]["value"]
    keeper.post(url, {**mine, "read": shown})
    assert contact_of(unit, "mx-linea").number == "800 555"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"verified_on": "2026-11-21", "verified_by": "Jefatura"}, "un día que ya pasó"),
        ({"verified_on": "2026-11-20", "verified_by": ""}, "Escriba el cargo"),
    ],
)
def test_a_check_has_a_past_day_and_a_post(keeper, unit, form, sentence):
    with unit():
        contact = make_contact()
    assert sentence in verify(keeper, contact, form, status=422).errors()


def test_a_retired_number_is_offered_to_nobody_and_can_come_back(keeper, client, unit):
    with unit():
        contact = make_contact()
    assert "¿Retirar" in keeper.get(f"/contacts/{contact.id}/retire").text
    keeper.post(f"/contacts/{contact.id}/retire")
    assert not client.get("/contacts/").select("#mx-linea")
    assert keeper.get("/contacts/manage?state=retired").select("td")
    keeper.post(
        f"/contacts/{contact.id}/verify", {"verified_on": "2026-11-20", "verified_by": "J"}, status=409
    )
    keeper.post(f"/contacts/{contact.id}/restore")
    assert client.get("/contacts/").select("#mx-linea")


def test_the_list_narrows_and_keeps_few_statements(keeper, unit, count_queries):
    with unit():
        for number in range(40):
            make_contact(key=f"mx-{number:02}", name=f"Línea {number:02}", place="MX-ROO")
        make_contact(key="pe-1818", name="Policía", place="PE", verified_on=FRESH)
    keeper.get("/contacts/manage")
    with count_queries() as statements:
        page = keeper.get("/contacts/manage?page=2")
    assert len(statements) == 6  # session, roles, places, count, page, due
    assert "41 contactos" in page.text
    assert [row.get_text() for row in keeper.get("/contacts/manage?q=policia").select("tbody a")] == [
        "Policía"
    ]
    assert len(keeper.get("/contacts/manage?place=PE").select("tbody tr")) == 1
    assert not keeper.get("/contacts/manage?place=PE&state=due").select("tbody tr")


def test_the_file_holds_what_the_list_shows(keeper, unit):
    with unit():
        make_contact(verified_on=FRESH)
        make_contact(key="mx-formula", name="=HYPERLINK()", place="MX")
    text = keeper.raw.get("/contacts/manage.csv?q=linea").get_data().decode("utf-8-sig")
    header, row = text.splitlines()
    assert header.startswith("Clave,Nombre,Lugar")
    assert "mx-linea,Línea de prueba,MX,México,800 000 0000" in row
    assert "'=HYPERLINK()" in keeper.raw.get("/contacts/manage.csv").get_data().decode()


def test_a_programme_keeps_the_contacts_of_its_own_country(client_for, unit):
    with unit():
        person = make_person()
        give_role(person, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, make_programme().id)
        mexican, peruvian = make_contact(), make_contact(key="pe-1818", place="PE")
    browser = client_for(person)
    browser.get(f"/contacts/{mexican.id}")
    browser.get(f"/contacts/{peruvian.id}", status=404)
    assert not browser.get("/contacts/manage?q=pe-1818").select("tbody tr")
    form = {"name": "X", "key": "pe-x", "kind": "hotline", "place": "PE", "number": "1", "source": "Y"}
    assert "no alcanza ese lugar" in browser.post("/contacts/new", form, status=422).errors()


def test_a_reviewer_confirms_and_changes_nothing(client_for, unit):
    with unit():
        person = make_person()
        give_role(person, Role.REVIEWER, ScopeKind.PROGRAMME, make_programme().id)
        contact = make_contact()
    browser = client_for(person)
    verify(browser, contact, {"verified_on": "2026-11-20", "verified_by": "Revisión"})
    browser.post(f"/contacts/{contact.id}/retire", status=403)


def test_the_file_is_judged_before_anything_is_written(unit):
    with unit():
        rows = judge(FILE.encode(), today=TODAY)
        assert [(row.key, row.verdict) for row in rows] == [
            ("mx-911", Verdict.ADD), ("mx-albergue", Verdict.ADD)
        ]  # fmt: skip
        assert not list(db.session.scalars(select(Contact)))


def test_bringing_the_file_in_twice_changes_nothing(unit):
    for _ in range(2):
        with unit():
            bring_in(judge(FILE.encode(), today=TODAY), today=TODAY, actor=SYSTEM, now=now())
    with unit():
        assert [row.verdict for row in judge(FILE.encode(), today=TODAY)] == [Verdict.SAME] * 2
        shelter = queries.find_by_key("mx-albergue")
        assert (shelter.sectors, shelter.verified_on) == (["health", "protection"], date(2026, 11, 1))
        assert len(list(db.session.scalars(select(AuditEntry)))) == 3


def test_a_confirmation_newer_than_the_file_stays(unit):
    with unit():
        make_contact(key="mx-albergue", place="MX-ROO", verified_on=date(2026, 11, 10))
        bring_in(judge(FILE.encode(), today=TODAY), today=TODAY, actor=SYSTEM, now=now())
        assert queries.find_by_key("mx-albergue").verified_on == date(2026, 11, 10)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("territorio: MX\n", "territorio: Mexico\n", "¿Quiso decir «MX»?"),
        ("tipo: unidad", "tipo: casa", "El tipo es uno de"),
        ("[salud, trabajo-social]", "[salud, cocina]", "El sector «cocina» no existe"),
        ("verifico: Secretaría técnica", "nota: x", "Falta «verifico»"),
        ("2026-11-01", "2027-11-01", "un día que no ha llegado"),
        ("clave: mx-albergue", "clave: mx-911", "ya está más arriba"),
        ('numero: "911"', 'telefono: "911"', "La clave «telefono» no existe"),
    ],
)
def test_a_wrong_row_says_why_and_the_others_come_in(unit, before, after, words):
    assert before in FILE
    with unit():
        rows = judge(FILE.replace(before, after).encode(), today=TODAY)
        assert words in " ".join(row.words for row in rows if row.verdict is Verdict.ERROR)
        bring_in(rows, today=TODAY, actor=SYSTEM, now=now())
        assert len(list(db.session.scalars(select(Contact)))) == 1


def test_the_command_looks_first_and_writes_when_asked(app, unit, tmp_path):
    file = tmp_path / "directorio.yaml"
    file.write_text(FILE, encoding="utf-8")
    run = CliRunner()
    looked = run.invoke(contacts, ["import", str(file)], obj=lambda: app)
    assert "2 se agrega" in looked.output
    assert contact_of(unit, "mx-911") is None
    run.invoke(contacts, ["import", str(file), "--apply"], obj=lambda: app)
    assert contact_of(unit, "mx-911").number == "911"
    file.write_text("nada: 1", encoding="utf-8")
    assert run.invoke(contacts, ["import", str(file)], obj=lambda: app).exit_code == 1


def test_the_file_of_the_product_is_sound(unit):
    with unit():
        file = current_settings().content_dir / "reference" / "directorio.yaml"
        rows = judge(file.read_bytes(), today=TODAY)
    assert rows
    assert [row for row in rows if row.verdict is not Verdict.ADD] == []


def test_once_a_week_keepers_hear_what_is_due_in_their_countries(unit, run_jobs, mailbox):
    with unit():
        mexican, peruvian = make_person(), make_person()
        give_role(mexican, Role.REVIEWER, ScopeKind.PROGRAMME, make_programme().id)
        give_role(peruvian, Role.REVIEWER, ScopeKind.PROGRAMME, make_programme(code="PER", country="PE").id)
        make_contact()
        make_contact(key="mx-bien", name="Otra", verified_on=FRESH)
        addresses = (mexican.email, peruvian.email)
        enqueue(RemindOfContacts(), now=now())
    run_jobs()
    (message,) = mailbox.sent
    assert message.to == addresses[0]
    assert "México: Línea de prueba (800 000 0000), nunca comprobado" in message.text
    assert "Otra" not in message.text


def test_whoever_has_a_case_finds_numbers_and_nothing_to_fill_in(client, unit):
    with unit():
        make_emergency()
    page = client.get("/case-now")
    assert page.select("a[href='tel:911']")
    assert page.select("main form, main input, main textarea") == []
