"""Certificates: a cancelled file stays with those who cancel, and strangers learn the least."""

import json

import pytest

from lms.certificates.issuing import service
from lms.certificates.issuing.models import Certificate, RevokeReason
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.db import db
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.certificates import make_certificate
from lms.testing.factories.learning import make_cohort
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def cancelled(unit):
    """A cancelled certificate whose holder administers another programme."""
    with unit():
        person, elsewhere = make_person(), make_cohort()
        give_role(person, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, elsewhere.programme_id)
        certificate = make_certificate(make_cohort(), person)
        service.revoke(certificate, reason=RevokeReason.IRREGULARITY, actor=SYSTEM, now=TODAY)
        return certificate, person


def test_a_role_elsewhere_opens_no_cancelled_file(client_for, unit, cancelled):
    certificate, holder = cancelled
    with unit():
        boss = make_administrator()
    client_for(holder).get(f"/certificates/{certificate.id}/pdf", status=410)
    client_for(boss).get(f"/certificates/{certificate.id}/pdf")


def test_a_role_elsewhere_offers_no_cancelling(client_for, unit):
    with unit():
        person, elsewhere = make_person(), make_cohort()
        give_role(person, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, elsewhere.programme_id)
        certificate = make_certificate(make_cohort(), person)
    browser = client_for(person)
    assert not browser.get(f"/certificates/{certificate.id}").select("a[href$='/revoke']")
    browser.post(f"/certificates/{certificate.id}/revoke", {"reason": "holder-request"}, status=404)
    with unit():
        assert db.session.get_one(Certificate, certificate.id).is_valid


@pytest.mark.parametrize("ending", ["", ".json"])
def test_a_stranger_reads_neither_the_whole_name_nor_an_address_nor_a_reason(client, unit, ending):
    with unit():
        person = make_person()
        person.second_surname = "Apellidosecreto"
        certificate = make_certificate(make_cohort(), person)
        service.revoke(certificate, reason=RevokeReason.IRREGULARITY, actor=SYSTEM, now=TODAY)
    answer = client.raw.get(f"/v/{certificate.code}{ending}")
    text = answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    for secret in ("Apellidosecreto", person.email, "irregular", str(certificate.id), str(person.id)):
        assert secret not in text
    if ending:
        assert not {"grade", "score", "email", "person_id", "reason"} & set(json.loads(text))


def test_pdfs_stay_in_no_cache(client_for, unit):
    with unit():
        person = make_person()
        certificate = make_certificate(make_cohort(), person)
    answer = client_for(person).raw.get(f"/certificates/{certificate.id}/pdf")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("code", ["..%2f..%2fetc%2fpasswd", "%25", "_" * 10, "' OR 1=1 --", "A" * 4000])
def test_what_is_no_code_is_simply_unknown(client, code):
    assert client.raw.get(f"/v/{code}").status_code == 404
