"""Territories come in from a file, explain where institutions are, and narrow the directory to what lies in one."""

import io
import re

import pytest

from lms.core.context import current_settings
from lms.core.db import db
from lms.core.tabular import read_csv
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import find_sibling
from lms.institutions.intake.rules import Outcome, tally
from lms.institutions.intake.territories import plan_territories
from lms.institutions.territories.queries import find_by_text, full_name
from lms.testing.factories.accounts import make_administrator, make_person
from lms.testing.factories.institutions import make_focal_point, make_institution

HEAD = "Código ISO,Código nacional,Nombre,Otros nombres,Tipo,Dentro de,Desde,Hasta,Fuente\n"
FILE = HEAD + (
    "mx,,México,,País,,,,\n"
    "MX-COA,,Coahuila de Zaragoza,Coahuila,Estado,MX,,,\n"
    "MX-PUE,,Puebla,,Estado,MX,,,\n"
    ",0009,Puebla,,Municipio,MX-PUE,,,\n"
    ",,Juárez,,Municipio,Coahuila,,,\n"
    ",,Tehuacán,,Municipio,MX-PUE,2001-02-03,,Catálogo de prueba\n"
)


@pytest.fixture
def admin(client_for, unit):
    with unit():
        person = make_administrator()
    return client_for(person)


@pytest.fixture
def bodies(unit):
    """Institutions of before the catalogue, whose places are texts."""
    with unit():
        state = make_institution("Gobierno de Puebla", territory="PUEBLA")
        town = make_institution("Ayuntamiento de Tehuacán", parent=state, territory="Tehuacán, Puebla")
        make_institution("Gobierno de Coahuila", territory="Coahuila")
        make_institution("Oficina sin lugar", territory="Zona norte")
        return {"state": state.id, "town": town.id}


def review(client, text, status=303):
    sent = client.post(
        "/territories/import", {"file": (io.BytesIO(text.encode()), "lugares.csv")}, status=status
    )
    return client.follow(sent)


def load(client, text):
    page = review(client, text)
    return client.follow(client.post(page.response.request.path))


def verdicts(page):
    return [
        tuple(cell.get_text(" ", strip=True) for cell in row.select("td")) for row in page.select("tbody tr")
    ]


def names(page):
    return [link.get_text() for link in page.select("tbody th a")]


def test_a_file_is_looked_at_then_saved_and_sending_it_again_changes_nothing(admin, unit):
    assert {row[0] for row in verdicts(review(admin, FILE))} == {"Se agrega"}
    with unit():
        assert find_by_text("MX") is None
    assert {row[0] for row in verdicts(load(admin, FILE))} == {"Ya estaba"}
    page = review(admin, HEAD + ",0009,Puebla,Heroica Puebla,Municipio,MX-PUE,,,\n")
    assert verdicts(page) == [("Cambia", "Otros nombres: Heroica Puebla")]
    own = admin.raw.get("/territories/territories.csv").get_data()
    with unit():
        assert {each.verdict.outcome for each in plan_territories(read_csv(own))} == {Outcome.KNOWN}


FAULTS = [
    ("QQ-1234,,Algo,,Estado,MX,,,", "código ISO 3166"),
    ("PE-PUN,,Puno,,Estado,MX,,,", "otro país"),
    (",,Perú,,País,,,,", "dos letras"),
    (",,Suelto,,Municipio,,,,", "dentro de cuál"),
    (",,Al revés,,Estado,Tehuacán,,,", "menor"),
    (",,Otra,,Municipio,Puebla,,,", "2 territorios"),
    (",,Otra,,Municipio,Atlántida,,,", "No se encontró"),
    (",,Otra,,Comarca,MX-PUE,,,", "No existe el tipo"),
    (",0009,Puebla,,Municipio,MX-COA,,,", "Ya está registrado dentro de Puebla"),
    (",,Otra,,Municipio,MX-PUE,2020-01-02,2019-01-02,", "Termina antes"),
    (",,Otra,,Municipio,MX-PUE,ayer,,", "no es una fecha"),
]


def test_rows_that_cannot_be_are_errors_with_their_reason(admin):
    load(admin, FILE)
    text = "\n".join(
        [*(row for row, _problem in FAULTS), "MX-PUE,,Puebla,,Estado,MX,,,", "MX-PUE,,Puebla,,Estado,MX,,,"]
    )
    found = verdicts(review(admin, HEAD + text + "\n"))
    assert [row[0] for row in found] == ["Con error"] * len(FAULTS) + ["Ya estaba", "Con error"]
    for (row, problem), (_outcome, detail) in zip(FAULTS, found, strict=False):
        assert problem in detail, row
    assert "Repetida" in found[-1][1]


def test_the_catalogue_places_the_institutions_that_were_there_before_and_those_that_come(
    admin, bodies, unit
):
    load(admin, FILE)
    with unit():
        town = db.session.get_one(Institution, bodies["town"])
        assert town.territory == "Tehuacán, Puebla"
        assert town.territory_id == find_by_text("tehuacan").id
        assert find_sibling("Oficina sin lugar", None).territory_id is None
        assert find_by_text("Puebla").iso_code == "MX-PUE"
        assert full_name(find_by_text("puebla, puebla")) == "Puebla, Puebla"
        assert find_by_text("Tehuacán, Coahuila") is None
        new = make_institution("DIF de Juárez", territory="Juárez, Coahuila")
        assert new.territory_id == find_by_text("Juárez").id
    form = {"name": "Ayuntamiento de Tehuacán", "parent": str(bodies["state"]), "territory": "En otra parte"}
    admin.post(f"/institutions/{bodies['town']}/edit", form)
    with unit():
        town = db.session.get_one(Institution, bodies["town"])
        assert (town.territory, town.territory_id) == ("En otra parte", None)


def test_a_place_narrows_the_directory_to_all_that_lies_in_it_on_the_page_and_in_the_file(
    admin, bodies, unit
):
    load(admin, FILE)
    with unit():
        puebla, coahuila = (find_by_text(name).id for name in ("MX-PUE", "MX-COA"))
    page = admin.get(f"/institutions/?territory={puebla}")
    assert names(page) == ["Gobierno de Puebla", "Ayuntamiento de Tehuacán"]
    sheet = read_csv(admin.raw.get(f"/institutions/institutions.csv?territory={puebla}").get_data())
    assert [row.at(sheet.find(["Nombre"])) for row in sheet.rows] == names(page)
    assert [row.at(sheet.find(["Código de territorio"])) for row in sheet.rows] == ["MX-PUE", ""]
    assert names(admin.get(f"/institutions/?territory={coahuila}")) == ["Gobierno de Coahuila"]
    assert len(names(admin.get("/institutions/?territory=nada"))) == 4


def test_a_focal_point_finds_only_their_own_places_and_brings_nothing_in(admin, bodies, client_for, unit):
    load(admin, FILE)
    with unit():
        person = make_focal_point(find_sibling("Gobierno de Coahuila", None))
        puebla = find_by_text("MX-PUE").id
        stranger = make_person()
    focal_point = client_for(person)
    page = focal_point.get("/institutions/")
    offered = [each.get_text(strip=True) for each in page.select("select[name=territory] option")]
    assert offered == ["Todos los territorios", "México", "Coahuila de Zaragoza"]
    assert names(focal_point.get(f"/institutions/?territory={puebla}")) == []
    assert not re.search(
        "Gobierno de Puebla", focal_point.raw.get(f"/institutions/institutions.csv?territory={puebla}").text
    )
    assert "Tehuacán" in focal_point.get("/territories/?q=tehuacan").text
    focal_point.get("/territories/import", status=403)
    client_for(stranger).get("/territories/", status=403)


def test_the_shipped_file_has_no_fault_and_no_code_twice(unit):
    with unit():
        file = current_settings().content_dir / "reference" / "territorios.csv"
        plans = plan_territories(read_csv(file.read_bytes()))
        assert tally(plan.verdict for plan in plans)[Outcome.ADD] == len(plans) > 90


def test_the_shipped_file_has_a_national_code_wherever_a_source_says_one(unit):
    with unit():
        file = current_settings().content_dir / "reference" / "territorios.csv"
        spots = [plan.spot for plan in plan_territories(read_csv(file.read_bytes())) if plan.spot]
    codes = {
        spot.values.iso_code or spot.values.name: spot.values.national_code for spot in spots if spot.above
    }
    assert [key for key, code in codes.items() if not code] == []
    assert codes["PE-LMA"] == "1501"
    assert (codes["MX-ROO"], codes["EC-H"], codes["PE-PUN"]) == ("23", "06", "21")
    inside = [(spot.above.values.national_code, spot.values.national_code) for spot in spots if spot.above]
    assert all(code.startswith(above) for above, code in inside if above)
    assert (
        len({(spot.country, spot.values.national_code) for spot in spots if spot.values.national_code}) == 89
    )
