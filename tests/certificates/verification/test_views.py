"""What a stranger learns of a certificate, and what they do not."""

from datetime import timedelta

import pytest

from lms.certificates.issuing import service
from lms.certificates.issuing.models import Certificate, RevokeReason
from lms.certificates.verification.throttle import TRIES
from lms.core.actors import SYSTEM
from lms.core.db import db
from lms.testing.factories.accounts import make_person
from lms.testing.factories.certificates import make_certificate
from lms.testing.factories.institutions import make_institution
from lms.testing.pytest_plugin import TODAY

UNKNOWN = "ZZZZ-ZZZZ-ZZ"


@pytest.fixture
def certificate(unit):
    with unit():
        person = make_person(given_names="Marisol")
        person.first_surname, person.second_surname = "Quispe", "Andrade"
        return make_certificate(person=person, institution=make_institution("Hospital de Chetumal"))


@pytest.fixture
def cancelled(unit, certificate):
    with unit():
        found = db.session.get_one(Certificate, certificate.id)
        service.revoke(found, reason=RevokeReason.IRREGULARITY, actor=SYSTEM, now=TODAY + timedelta(days=12))
    return certificate


def from_address(address):
    return {"REMOTE_ADDR": address}


def test_a_stranger_sees_that_it_is_authentic_and_stands(client, certificate):
    page = client.get(f"/v/{certificate.code}")
    assert page.title == "Certificado auténtico"
    for words in (
        "Vigente", "Marisol Quispe A.", "Hospital de Chetumal", certificate.folio, certificate.code,
        "20 de noviembre de 2026", certificate.pdf_sha256, certificate.document.printed.course_title,
    ):  # fmt: skip
        assert words in page.text
    assert "Andrade" not in page.text
    assert "example.org" not in page.text


def test_the_answer_is_always_fresh_and_never_indexed(client, certificate):
    for path in (f"/v/{certificate.code}", f"/v/{certificate.code}.json", "/v"):
        headers = client.raw.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert "noindex" in headers["X-Robots-Tag"]


@pytest.mark.parametrize(
    "write", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", "%20")]
)
def test_the_address_is_read_kindly(client, certificate, write):
    assert "auténtico" in client.get(f"/v/{write(certificate.code)}").title


def test_a_cancelled_one_says_so_with_its_date_and_without_its_reason(client, cancelled):
    page = client.get(f"/v/{cancelled.code}")
    assert page.title == "Certificado cancelado"
    assert "Se canceló el 2 de diciembre de 2026" in page.text
    assert "No acredita formación" in page.text
    assert "irregularidad" not in page.text.lower()
    assert "auténtico" not in page.title.lower()


def test_an_unknown_code_is_not_found_and_stays_in_the_field(client):
    page = client.get(f"/v/{UNKNOWN}", status=404)
    assert page.title == "No encontramos ese documento"
    assert page.select("#code")[0]["value"] == UNKNOWN


def test_what_is_typed_finds_the_code_and_the_folio(client, certificate):
    for typed in (
        certificate.code.lower(),
        f" {certificate.code.replace('-', ' ')} ",
        certificate.folio.lower(),
    ):
        page = client.post("/v", {"code": typed})
        assert page.location == f"/v/{certificate.code}"


def test_what_is_typed_and_unknown_is_said_beside_the_field(client, certificate):
    page = client.post("/v", {"code": "hola mundo"}, status=404)
    assert "No parece un código" in page.errors()
    assert page.select("#code")[0]["value"] == "hola mundo"
    assert "Ningún documento tiene" in client.post("/v", {"code": UNKNOWN}, status=404).errors()
    assert "Escriba el código" in client.post("/v", {"code": ""}, status=422).errors()


def test_a_folio_in_the_address_opens_nothing(client, certificate):
    """Folios follow one another: reading them one by one would list everybody."""
    client.get(f"/v/{certificate.folio}", status=404)
    assert client.raw.get(f"/v/{certificate.folio}.json").status_code == 404


def test_machines_get_the_same_answer(client, certificate):
    answer = client.raw.get(f"/v/{certificate.code}.json")
    assert answer.status_code == 200
    said = answer.get_json()
    assert said == {
        "state": "valid",
        "kind": "certificado",
        "name": "Marisol Quispe A.",
        "course": certificate.document.printed.course_title,
        "hours": certificate.document.hours,
        "institution": "Hospital de Chetumal",
        "issuer": "Comisión de prueba",
        "issuers": ["Comisión de prueba"],
        "issued_on": "2026-11-20",
        "valid_until": None,
        "revoked_at": None,
        "renewed_at": None,
        "renewed_by": None,
        "version": 1,
        "corrected_at": None,
        "folio": certificate.folio,
        "code": certificate.code,
        "sha256": certificate.pdf_sha256,
        "page": f"http://localhost/v/{certificate.code}",
    }


def test_machines_learn_of_the_cancellation(client, cancelled):
    said = client.raw.get(f"/v/{cancelled.code}.json").get_json()
    assert said["state"] == "revoked"
    assert said["revoked_at"].startswith("2026-12-02")
    assert "reason" not in said


def test_machines_get_404_for_an_unknown_code(client):
    answer = client.raw.get(f"/v/{UNKNOWN}.json")
    assert answer.status_code == 404
    assert answer.get_json() == {"state": "unknown"}


def test_guessing_addresses_is_slowed_down_and_others_are_not(client, certificate):
    guesser, neighbour = from_address("203.0.113.7"), from_address("203.0.113.8")
    for _ in range(TRIES):
        client.get(f"/v/{UNKNOWN}", status=404, environ_base=guesser)
    client.get(f"/v/{certificate.code}", status=429, environ_base=guesser)
    client.get(f"/v/{certificate.code}", environ_base=neighbour)


def test_pages_json_and_files_spend_from_one_bucket(client, certificate):
    guesser = from_address("203.0.113.9")
    for count in range(TRIES):
        path = (f"/v/{UNKNOWN}.json", f"/v/{UNKNOWN}", f"/v/files/{count:064x}.json")[count % 3]
        client.raw.get(path, environ_base=guesser)
    for path in (f"/v/{certificate.code}.json", f"/v/files/{certificate.pdf_sha256}"):
        assert client.raw.get(path, environ_base=guesser).status_code == 429


def test_typing_codes_that_exist_is_never_limited_and_guessing_is(client, certificate):
    for _ in range(40):
        client.post("/v", {"code": certificate.code})
    for _ in range(30):
        client.post("/v", {"code": UNKNOWN}, status=404)
    client.post("/v", {"code": UNKNOWN}, status=429)
    client.post("/v", {"code": certificate.code})


def test_reading_folios_one_by_one_is_limited_though_they_exist(client, certificate):
    for _ in range(30):
        client.post("/v", {"code": certificate.folio})
    client.post("/v", {"code": certificate.folio}, status=429)


def test_strangers_find_the_page_in_the_header(client):
    page = client.get("/v")
    assert page.title == "Verificar una constancia"
    assert "Verificar una constancia" in [tag.get_text(strip=True) for tag in page.select(".nav a")]


def test_english_is_spoken_to_those_who_ask_for_it(client, certificate):
    page = client.get(f"/v/{certificate.code}", headers={"Accept-Language": "en"})
    assert page.soup.html["lang"] == "en"


def test_names_are_text_and_never_markup(client, unit):
    with unit():
        code = make_certificate(person=make_person(given_names="<b>Ana</b> & %s")).code
    page = client.get(f"/v/{code}")
    assert "<b>Ana</b> & %s" in page.text
    assert not page.select("dd b")


def test_it_answers_after_the_account_and_everything_personal_is_erased(app, client, unit, certificate):
    declared = [data for part in app.extensions["lms_slices"] for data in part.personal_data]
    with unit():
        for data in reversed(declared):  # what builds on a slice goes before it
            data.erase(certificate.person_id)
    page = client.get(f"/v/{certificate.code}")
    assert "Vigente" in page.text
    assert client.get(f"/v/{certificate.code}.json").response.get_json()["state"] == "valid"
    assert "Vigente" in client.get(f"/v/files/{certificate.pdf_sha256}").text
