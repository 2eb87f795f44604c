"""What a person finds of their own documents and hours, and an institution of its people's."""

import csv
import io
from collections import Counter
from datetime import date, timedelta

import pypdf
import pytest
from pikepdf import pdfa

from lms.attendance.hours.queries import hours_of
from lms.certificates.issuing.expiring import remind_holders
from lms.certificates.issuing.models import Certificate
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.learning.queries import get_cohort
from lms.testing.factories.accounts import make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.certificates import make_certificate
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import finish_units, make_enrolment
from lms.testing.pytest_plugin import TODAY


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def put_end(certificate, day):
    certificate.valid_until, certificate.renew_from, certificate.renew_until = day, date(2026, 11, 1), day


@pytest.fixture
def scene(unit):
    """Return a ministry with a unit whose people hold documents, a stranger to both, and the ministry's focal point."""
    with unit():
        ministry, other = make_institution("Secretaría de Salud"), make_institution("Ayuntamiento ajeno")
        clinic = make_institution("Clínica del Sur", parent=ministry)
        make_certificate(person=make_person(given_names="Ana"), institution=ministry)
        ending = make_certificate(person=make_person(given_names="Berta"), institution=clinic)
        put_end(ending, date(2026, 12, 15))
        make_certificate(person=make_person(given_names="Ajena"), institution=other)
        remind_holders(TODAY.date(), now=TODAY)
        return {"ministry": ministry.id, "other": other.id, "focal": make_focal_point(ministry)}


def test_a_focal_point_sees_its_subtree_narrows_it_and_takes_what_it_sees(client_for, scene):
    client, path = client_for(scene["focal"]), f"/certificates/institutions/{scene['ministry']}"
    page = client.get(path)
    assert "Ana" in page.text
    assert "Berta" in page.text
    assert "Ajena" not in page.text
    assert "Avisos de vencimiento enviados" in page.text
    ending = client.get(f"{path}?state=ending")
    assert [row.find("a").get_text() for row in ending.select("tbody tr th")] == [
        row["Persona"] for row in rows_of(client.raw.get(f"{path}/list.csv?state=ending"))
    ]
    assert "Ana" not in ending.select("tbody")[0].get_text()
    assert rows_of(client.raw.get(f"{path}/list.csv?q=berta"))[0]["Vence"] == "2026-12-15"
    assert client.raw.get(f"{path}/list.xlsx").data[:2] == b"PK"
    assert "Ningún documento coincide" in client.get(f"{path}?q=nadie").text
    panel = client.get(f"/institutions/{scene['ministry']}")
    assert panel.select(f"a[href='{path}']")


def test_the_documents_of_another_institution_are_not_found(client_for, scene):
    client = client_for(scene["focal"])
    for ending in ("", "/list.csv"):
        path = f"/certificates/institutions/{scene['other']}{ending}"
        assert client.raw.get(path).status_code == 404


def test_a_record_says_what_ends_and_the_minutes_that_every_page_says(client_for, unit):
    with unit():
        person = make_person(given_names="Ana")
        certificate = make_certificate(person=person)
        put_end(certificate, date(2026, 12, 15))
    page = client_for(person).get("/certificates/record")
    assert certificate.folio in page.text
    assert "15 de diciembre de 2026" in page.text
    assert page.select(f"form[action='/certificates/{certificate.id}/share']")
    with unit():
        enrolment_id = db.session.get_one(Certificate, certificate.id).enrolment_id
        minutes = hours_of([enrolment_id], TODAY)[enrolment_id].minutes
    rows = rows_of(client_for(person).raw.get("/certificates/record/hours.csv"))
    assert [row["Acreditado, minutos"] for row in rows if row["Qué"] == "Total del curso"] == [str(minutes)]


def test_the_hours_on_paper_are_those_of_the_page_to_the_minute(client_for, unit):
    with unit():
        person = make_person(given_names="Sisa Kʼuychi")
        for _ in range(6):
            enrolment = make_enrolment(person=person)
            make_mark(
                make_meeting(get_cohort(enrolment.cohort_id), starts_at=TODAY - timedelta(hours=9)), enrolment
            )
            finish_units(enrolment)
    browser = client_for(person)
    rows = rows_of(browser.raw.get("/certificates/record/hours.csv"))
    content = browser.raw.get("/certificates/record/hours.pdf").data
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    printed = " ".join(pages)

    totals = [int(row["Acreditado, minutos"]) for row in rows if row["Qué"] == "Total del curso"]
    assert len(totals) == 6
    assert len(set(totals)) == 1
    assert printed.count(f"Total del curso {said(totals[0])}") == 6
    assert pages[-1].count(f"Total {said(sum(totals))}") == 1
    counted = Counter(row["Qué"] for row in rows if row["Acreditado, segundos"] not in {"", "0"})
    assert len(counted) > 3
    assert all(printed.count(what) == count for what, count in counted.items())
    assert len(pages) > 1
    assert all("Sisa Kʼuychi" in page for page in pages)
    assert pdfa.validate_written(io.BytesIO(content), "2b").passed
    assert len(content) < 150_000


def said(minutes):
    hours, rest = divmod(minutes, 60)
    return " ".join([f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest))


def test_a_page_of_an_institution_costs_the_same_for_many(client_for, unit, scene, count_queries):
    client, path = client_for(scene["focal"]), f"/certificates/institutions/{scene['ministry']}"
    client.get(path)
    with count_queries() as few:
        client.get(path)
    with unit():
        home = db.session.get_one(Institution, scene["ministry"])
        for _ in range(4):
            make_certificate(institution=home)
    with count_queries() as many:
        client.get(path)
    assert len(many) == len(few)
