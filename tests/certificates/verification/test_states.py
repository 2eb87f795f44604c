"""Every past address and every past file keeps answering, with what is true of it today."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.accounts.models import Person
from lms.certificates.issuing import queries, service
from lms.certificates.issuing.errors import (
    AlreadyRenewed,
    CertificateCancelled,
    NothingToRectify,
    NotRenewable,
)
from lms.certificates.issuing.models import Certificate, RectifyReason, RevokeReason
from lms.certificates.issuing.rules import USUAL, Kind, Standing, Term
from lms.certificates.issuing.setting import PolicyValues, set_policy
from lms.certificates.verification.rules import State, state_of
from lms.core.actors import SYSTEM
from lms.core.calendar import today
from lms.core.context import current_storage
from lms.core.db import db, savepoint
from lms.institutions.programmes.queries import get_programme
from lms.learning.queries import get_enrolment
from lms.testing.factories.accounts import make_person
from lms.testing.factories.certificates import make_certificate, make_completion, plain_press
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

TERM = Term(months=12, days_before=30, days_after=60)
REFUSALS = (AlreadyRenewed, CertificateCancelled, NotRenewable, NothingToRectify)
STEPS = st.lists(st.sampled_from(["issue", "rectify", "renew", "revoke", "wait"]), max_size=9)


def limited_cohort():
    """Return a cohort whose documents are valid for a year."""
    cohort = make_cohort(ends_on=date(2026, 12, 18))
    values = PolicyValues(rule=USUAL[Kind.CERTIFICADO], term=TERM, design="", title="")
    set_policy(get_programme(cohort.programme_id), None, values, actor=SYSTEM, now=TODAY)
    return cohort


def rectify(certificate, surname, moment=TODAY):
    db.session.get_one(Person, certificate.person_id).first_surname = surname
    return service.rectify(
        certificate, reason=RectifyReason.NAME, press=plain_press(), actor=SYSTEM, now=moment
    )


def renew(certificate, moment):
    return service.renew(certificate, press=plain_press(), actor=SYSTEM, now=moment)


def revoke(certificate, moment=TODAY):
    service.revoke(certificate, reason=RevokeReason.WRONG_DATA, actor=SYSTEM, now=moment)


def do(step, enrolment, moment):
    """Do a step to the latest document of an enrolment, or refuse as the product does."""
    held = queries.issued_of([enrolment.id], Kind.CERTIFICADO).get(enrolment.id, [])
    if step == "issue":
        number = len(held) + (queries.find_standing(enrolment.id) is None)
        service.issue(enrolment, number=number, press=plain_press(), actor=SYSTEM, now=moment)
    elif held:
        deed = {"renew": renew, "revoke": revoke, "rectify": lambda c, at: rectify(c, f"C{at:%j%H}", at)}
        deed[step](held[-1], moment)


def expected(certificate, day):
    """Say the state of a document from its row alone."""
    if certificate.revoked_at:
        return "revoked"
    if certificate.renewed_at:
        return "replaced"
    return "expired" if certificate.valid_until and certificate.valid_until < day else "valid"


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_any_order_of_deeds_keeps_every_address_and_every_file_answering(unit, client, at, steps):
    moment = TODAY
    with unit():
        enrolment_id = make_enrolment(limited_cohort()).id
        make_completion(get_enrolment(enrolment_id))
    for step in ["issue", *steps]:
        moment += timedelta(days=170) if step == "wait" else timedelta(hours=1)
        if step != "wait":
            with at(moment), unit(), suppress(*REFUSALS), savepoint():
                do(step, get_enrolment(enrolment_id), moment)
    with at(moment):
        check_all(unit, client, enrolment_id)


def check_all(unit, client, enrolment_id):
    """Ask for every address and every file that was ever given out."""
    with unit():
        found = db.session.scalars(select(Certificate).where(Certificate.enrolment_id == enrolment_id)).all()
        said = [
            (each.code, expected(each, today()), each.version, each.pdf_sha256,
             [(old.version, old.pdf_sha256) for old in queries.list_replaced(each.id)])
            for each in found
        ]  # fmt: skip
    assert said
    for code, state, version, digest, olds in said:
        answer = client.raw.get(f"/v/{code}.json").get_json()
        assert (answer["state"], answer["version"], answer["sha256"]) == (state, version, digest)
        last = client.raw.get(f"/v/files/{digest}.json").get_json()
        assert (last["file"], last["version"], last["document"]) == ("issued", version, answer)
        for number, past in olds:
            old = client.raw.get(f"/v/files/{past}.json").get_json()
            assert (old["file"], old["version"], old["document"]) == ("replaced-version", number, answer)


@pytest.mark.parametrize(
    ("standing", "is_renewed", "is_shared", "state"),
    [
        (Standing.VALID, False, True, State.VALID),
        (Standing.EXPIRED, False, True, State.EXPIRED),
        (Standing.EXPIRED, True, True, State.REPLACED),
        (Standing.VALID, True, True, State.REPLACED),
        (Standing.VALID, False, False, State.UNSHARED),
        (Standing.EXPIRED, True, False, State.UNSHARED),
        (Standing.REVOKED, True, False, State.REVOKED),
    ],
)
def test_a_cancellation_is_told_whatever_the_holder_shares(standing, is_renewed, is_shared, state):
    assert state_of(standing, is_renewed=is_renewed, is_shared=is_shared) is state


@pytest.fixture
def certificate(unit):
    with unit():
        return make_certificate(limited_cohort(), make_person(given_names="Marisol"))


def pdf_of(unit, digest):
    with unit():
        return current_storage().get(digest)


def send(client, content, name="documento.pdf"):
    token = client.csrf_token()
    return client.raw.post("/v/file", data={"csrf_token": token, "file": (BytesIO(content), name)})


def test_an_ended_and_a_renewed_document_say_so(client, unit, at, certificate):
    moment = datetime(2027, 11, 21, 18, tzinfo=UTC)
    with at(moment):
        page = client.get(f"/v/{certificate.code}")
    assert page.title == "Certificado vencido"
    assert "Estuvo vigente hasta el 20 de noviembre de 2027" in page.text
    with unit():
        second = renew(db.session.get_one(Certificate, certificate.id), moment).code
    with at(moment):
        page = client.get(f"/v/{certificate.code}")
    assert page.title == "Certificado renovado por otro"
    assert page.select(f"main a[href='/v/{second}']")
    with unit():
        db.session.scalars(select(Certificate).where(Certificate.code == second)).one().is_shared = False
    assert second not in client.get(f"/v/{certificate.code}").text
    assert client.raw.get(f"/v/{certificate.code}.json").get_json()["renewed_by"] is None


def test_what_is_not_shared_tells_nothing_of_anybody(client, unit, certificate):
    with unit():
        db.session.get_one(Certificate, certificate.id).is_shared = False
    page = client.get(f"/v/{certificate.code}")
    assert page.title == "Este documento no se comparte"
    said = client.raw.get(f"/v/{certificate.code}.json").get_json()
    assert said == {
        "state": "unshared", "code": certificate.code, "page": f"http://localhost/v/{certificate.code}"
    }  # fmt: skip
    of_file = client.get(f"/v/files/{certificate.pdf_sha256}")
    assert of_file.title == "Es el archivo que se emitió"
    for private in ("Marisol", certificate.folio, certificate.document.printed.course_title):
        assert private not in page.text + of_file.text
    with unit():
        revoke(db.session.get_one(Certificate, certificate.id))
    page = client.get(f"/v/{certificate.code}")
    assert page.title == "Certificado cancelado"
    assert "Marisol" not in page.text


def test_a_file_is_known_by_its_bytes_and_nothing_is_kept(client, unit, certificate):
    first = pdf_of(unit, certificate.pdf_sha256)
    answer = send(client, first)
    assert (answer.status_code, answer.location) == (303, f"/v/files/{certificate.pdf_sha256}")
    assert "Coincide byte por byte" in client.get(answer.location).text
    altered = first.replace(b"Marisol", b"Maricel")
    answer = send(client, altered)
    page = client.get(answer.location)
    assert page.title == "Este archivo no es uno de los emitidos"
    with unit():
        with pytest.raises(KeyError):
            current_storage().get(answer.location.rpartition("/")[2])
        rectify(db.session.get_one(Certificate, certificate.id), "Ñáñez", TODAY + timedelta(days=3))
    page = client.get(f"/v/files/{certificate.pdf_sha256}")
    assert page.title == "Es una versión que se sustituyó"
    assert "Esta copia ya no vale" in page.text
    assert "Versión 2" in client.get(f"/v/{certificate.code}").text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"\x89PNG\r\n", "No es un PDF"), (b"%PDF-" + bytes(5 * 1024 * 1024), "pesa más de 5 MB")],
)
def test_what_is_no_document_is_refused_beside_the_field(client, content, sentence):
    answer = send(client, content)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_stranger_text_for_a_hash_is_an_unknown_file(client):
    assert client.raw.get("/v/files/%3Cb%3E.json").get_json()["file"] == "unknown"


def test_a_badge_of_somebody_else_is_not_ours(client):
    answer = send(client, json.dumps({"id": "x", "proof": []}).encode(), "insignia.json")
    assert "Esta insignia no es de aquí" in answer.text
