"""Targets of people: their periods, their sources, and the files in which they come."""

import io
from datetime import date

import pytest
from sqlalchemy import func, select

from lms.core.db import db
from lms.institutions.programmes.models import Programme
from lms.institutions.targets.models import TrainingTarget
from lms.institutions.targets.rules import of_workforce, read_period
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.agreements import make_agreement
from lms.testing.factories.commission import make_seat
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort
from lms.testing.factories.targets import make_training_target


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-s1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-S2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2024-T1", date(2024, 1, 1), date(2024, 3, 31)),
        (" 2026-T4 ", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_a_year_a_half_or_a_quarter(written, first, last):
    period = read_period(written)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("written", ["", "26", "2026-T5", "2026-S3", "1999", "2026-13"])
def test_nothing_else_is_a_period(written):
    assert read_period(written) is None


def test_part_of_a_workforce_is_rounded_up():
    assert [of_workforce(number, 10) for number in (450, 451, 5)] == [45, 46, 1]


@pytest.fixture
def place(client_for, unit):
    with unit():
        programme = db.session.get_one(Programme, make_cohort().programme_id)
        agreement = make_agreement(programme)
        health, boss = make_institution("Secretaría de Salud"), make_administrator()
    return {
        "programme": programme,
        "agreement": agreement,
        "health": health,
        "admin": client_for(boss),
        "path": f"/programmes/{programme.id}/targets",
    }


def values(place, **changes):
    return {
        "institution": str(place["health"].id), "sector": "health", "period": "2026", "people": "45",
        "source": "workforce", "agreement": "", "workforce": "450", "reference": "Corte de enero de 2026",
        **changes,
    }  # fmt: skip


def test_a_target_says_its_source_and_the_same_one_is_replaced(place, unit):
    admin, path = place["admin"], place["path"]
    for changes, sentence in (
        ({"reference": ""}, "Escriba este dato"),
        ({"workforce": ""}, "cuántas personas trabajan"),
        ({"workforce": "40"}, "mayor que la plantilla"),
        ({"source": "agreement"}, "Elija el convenio"),
        ({"period": "2026-T9"}, "trimestre"),
    ):
        assert sentence in admin.post(f"{path}/new", values(place, **changes), status=422).errors()
    admin.post(f"{path}/new", values(place))
    admin.post(f"{path}/new", values(place, people="60"))
    page = admin.get(path)
    assert len(page.select("tbody tr")) == 1
    assert "60" in page.text
    assert "Ninguna meta coincide" in admin.get(f"{path}?source=agreement").text


def test_a_file_is_saved_whole_or_not_at_all(place, unit):
    admin, path = place["admin"], place["path"]
    heading = "Institución;Sector;Periodo;Personas;Fuente;Convenio;Plantilla;Referencia\n"
    code = place["agreement"].code
    good = f"Secretaría de Salud;Salud;2026-S1;30;Convenio;{code};;Cláusula tercera\n"
    bad = "Secretaría de Salud;;2026;0;Plantilla;;450;Corte de enero\nNadie;;2026;5;Sesión;;;Acta\n"

    def send(text, **more):
        file = (io.BytesIO((heading + text).encode()), "metas.csv")
        return {"file": file, **more}

    def count():
        with unit():
            return db.session.scalar(select(func.count(TrainingTarget.id)))

    page = admin.post(f"{path}/upload", send(good + bad), status=422)
    assert "2 filas por corregir" in page.text
    assert count() == 0
    admin.post(f"{path}/upload", send(good, only_look="y"), status=200)
    assert count() == 0
    admin.post(f"{path}/upload", send(good))
    sheet = admin.raw.get(f"{path}.csv").data
    admin.post(f"{path}/upload", {"file": (io.BytesIO(sheet), "metas.csv")})
    assert count() == 1


def test_a_focal_point_sees_the_targets_of_their_institution_and_no_others(place, client_for, unit):
    with unit():
        other = make_institution("Secretaría de Turismo")
        for institution in (place["health"], other):
            make_training_target(place["programme"], institution)
        make_seat(place["programme"], other)
        enlace = make_focal_point(other)
    page = client_for(enlace).get(place["path"])
    assert "Turismo" in page.text
    assert "Salud" not in page.select("tbody")[0].get_text()
