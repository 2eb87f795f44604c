"""A badge beside its PDF is checked from outside: through its issuer's keys and the list of what was revoked."""

import io
import json
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest
from click.testing import CliRunner

from lms.accounts.models import Person
from lms.certificates.badges.cli import keys
from lms.certificates.badges.messages import WarnOfSigning
from lms.certificates.credentials import queries, service
from lms.certificates.credentials.errors import KeyUnreadable
from lms.certificates.credentials.facts import BadgeFacts
from lms.certificates.credentials.places import place_of
from lms.certificates.credentials.published import BadgeVerdict, check_badge, list_badge_keys
from lms.certificates.designs.draw import draw
from lms.certificates.designs.folder import load_design
from lms.certificates.designs.sample import SAMPLE
from lms.certificates.issuing import service as issuing
from lms.certificates.issuing.models import Certificate, RectifyReason, RevokeReason
from lms.certificates.verification.throttle import TRIES
from lms.core.actors import SYSTEM, Role
from lms.core.context import SETTINGS
from lms.core.db import db
from lms.core.jobs.orders import enqueue
from lms.core.settings import Secret
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.certificates import make_certificate, plain_press
from lms.testing.factories.credentials import make_badge_key
from lms.testing.pytest_plugin import TODAY
from tests.certificates.credentials import authorities, independent

DID = "did:web:localhost"


@pytest.fixture
def key(unit):
    with unit():
        return make_badge_key()


@pytest.fixture
def holder(unit, key):
    with unit():
        return make_person(given_names="Marisol")


@pytest.fixture
def certificate(unit, holder):
    with unit():
        return make_certificate(person=holder)


def facts_of(certificate):
    return BadgeFacts(
        code=certificate.code, version=certificate.version, achievement="curso/1/certificado", title="Curso",
        description="Lo aprobó.", criteria="La evaluación final.", issuer_name="Secretaría",
        holder_name="Marisol", issued_at=TODAY,
    )  # fmt: skip


def fetch(client, path, **options):
    answer = client.raw.get(path, **options)
    assert answer.status_code == 200, path
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return json.loads(answer.data)


def badge_of(client, certificate):
    return fetch(client, f"/badges/{certificate.code}.json")


def is_revoked(client, badge):
    path = badge["credentialStatus"]["statusListCredential"].removeprefix("http://localhost")
    published = fetch(client, path)
    independent.verify(published, fetch(client, "/.well-known/did.json"))
    return independent.is_revoked(badge, published)


def test_a_stranger_verifies_a_badge_and_notices_a_change(client, certificate):
    badge, keys = badge_of(client, certificate), fetch(client, "/.well-known/did.json")
    independent.verify(badge, keys)
    assert badge["credentialSubject"]["achievement"]["name"] == certificate.document.printed.course_title
    assert "Marisol" not in json.dumps(badge)
    assert not is_revoked(client, badge)
    with pytest.raises(independent.Refused):
        independent.verify({**badge, "name": "Otro curso"}, keys)


def test_a_badge_falls_with_its_document(client, unit, certificate):
    with unit():
        found = db.session.get_one(Certificate, certificate.id)
        issuing.revoke(found, reason=RevokeReason.IRREGULARITY, actor=SYSTEM, now=TODAY)
    assert is_revoked(client, badge_of(client, certificate))


def test_a_corrected_document_has_another_badge_and_the_earlier_one_falls(client, unit, holder, certificate):
    earlier = badge_of(client, certificate)
    with unit():
        db.session.get_one(Person, holder.id).given_names = "Mariel"
        issuing.rectify(
            db.session.get_one(Certificate, certificate.id), reason=RectifyReason.NAME, press=plain_press(),
            actor=SYSTEM, now=TODAY,
        )  # fmt: skip
    assert is_revoked(client, earlier)
    assert not is_revoked(client, badge_of(client, certificate))


def test_keys_change_and_what_they_signed_stays_checkable(client, unit, certificate):
    with unit():
        service.new_key(DID, actor=SYSTEM, now=TODAY + timedelta(days=1))
    keys = fetch(client, "/.well-known/did.json")
    assert len(keys["assertionMethod"]) == 2
    independent.verify(badge_of(client, certificate), keys)
    assert not is_revoked(client, badge_of(client, certificate))  # the list is signed with the new one


def test_what_a_withdrawn_key_signed_no_longer_counts(client, unit, key, certificate):
    with unit():
        service.withdraw_key(queries.find_key(key.public), actor=SYSTEM, now=TODAY)
    with pytest.raises(independent.Refused):
        independent.verify(badge_of(client, certificate), fetch(client, "/.well-known/did.json"))
    assert not is_revoked(client, badge_of(client, certificate))


def test_badges_survive_a_change_of_domain(app, settings, client, unit, certificate):
    earlier = badge_of(client, certificate)
    app.extensions[SETTINGS] = replace(settings, public_url="http://127.0.0.1", former_hosts=("localhost",))
    try:
        with unit():
            later = json.loads(service.make_badge(replace(facts_of(certificate), version=2)))
        assert later["issuer"]["id"] == "did:web:127.0.0.1"
        independent.verify(later, fetch(client, "/.well-known/did.json", base_url="http://127.0.0.1"))
        old_keys = fetch(client, "/.well-known/did.json", base_url="http://localhost")
        independent.verify(earlier, old_keys)
        old_list = fetch(client, "/badges/status/1", base_url="http://localhost")
        independent.verify(old_list, old_keys)
        assert not independent.is_revoked(earlier, old_list)
    finally:
        app.extensions[SETTINGS] = settings


def test_only_its_holder_gets_a_badge_that_is_not_shared(client, client_for, unit, holder, certificate):
    with unit():
        db.session.get_one(Certificate, certificate.id).is_shared = False
    path = f"/badges/{certificate.code}.json"
    assert client.raw.get(path).status_code == 404
    assert client_for(holder).raw.get(path).status_code == 200


def test_guessing_codes_is_slowed_down(client):
    guesser = {"REMOTE_ADDR": "198.51.100.77"}
    asked = [
        client.raw.get("/badges/ZZZZ-ZZZZ-ZZ.json", environ_base=guesser).status_code
        for _ in range(TRIES + 1)
    ]
    assert asked[0] == 404
    assert asked[-1] == 429


def test_without_a_key_there_are_no_badges(client, unit):
    with unit():
        certificate = make_certificate()
        assert service.make_badge(facts_of(certificate)) is None
    for path in ("/.well-known/did.json", "/badges/status/1", f"/badges/{certificate.code}.json"):
        assert client.raw.get(path).status_code == 404


def test_places_are_given_once_and_the_next_list_begins_when_one_is_full(unit):
    with unit():
        first = [place_of(f"AAAA-AAAA-{number:02}", 1, length=4) for number in range(6)]
        again = [place_of(f"AAAA-AAAA-{number:02}", 1, length=4) for number in range(6)]
    assert [each.id for each in again] == [each.id for each in first]
    assert len({(each.list_number, each.position) for each in first}) == 6
    assert [each.list_number for each in first] == [1, 1, 1, 1, 2, 2]


def test_private_keys_are_kept_closed(app, settings, unit, key):
    with unit():
        kept = queries.find_signing_key(DID)
        assert service.signing_key(kept).private.private_bytes_raw().hex() not in kept.sealed
        app.extensions[SETTINGS] = replace(settings, secret_key=Secret("z" * 40))
        try:
            with pytest.raises(KeyUnreadable):
                service.signing_key(kept)
        finally:
            app.extensions[SETTINGS] = settings


def test_keys_are_made_shown_and_withdrawn_from_the_command_line(app, unit):
    def run(*arguments, **options):
        return CliRunner().invoke(keys, arguments, obj=lambda: app, **options).output

    assert "no hay llaves" in run("list")
    made = run("new").splitlines()[0]
    assert f"{made}  {DID}" in run("list")
    run("withdraw", made[:12], input="y\n")
    assert f"{made}  {DID}  2026-11-20  retirada" in run("list")
    with unit():
        assert queries.find_signing_key(DID).public != made


def test_those_who_run_the_installation_hear_in_time_that_the_certificate_ends(
    app, settings, unit, at, run_jobs, mailbox, tmp_path
):
    ends_at = TODAY + timedelta(days=61)
    path = authorities.write_p12(tmp_path / "firma.p12", authorities.make("Secretaría", ends_at=ends_at))
    with unit():
        give_role(make_person(), Role.TRAINER)
        make_administrator()
    app.extensions[SETTINGS] = replace(settings, sign_p12=path, sign_password=Secret(authorities.PASSWORD))
    try:
        for day in (0, 1, 2, 31, 32, 54, 55, 61, 62):
            with at(TODAY + timedelta(days=day)):
                with unit():
                    enqueue(WarnOfSigning(), now=TODAY + timedelta(days=day))
                run_jobs()
    finally:
        app.extensions[SETTINGS] = settings
    said = [message.subject for message in mailbox.sent if "certificado que firma" in message.subject]
    assert said == [
        "El certificado que firma los documentos vence en 60 días",
        "El certificado que firma los documentos vence en 30 días",
        "El certificado que firma los documentos vence en 7 días",
        "Venció el certificado que firma los documentos",
    ]


def test_the_product_itself_tells_badges_of_its_own(unit, key, certificate):
    with unit():
        badge = json.loads(certificate.credential)
        assert check(badge) == (BadgeVerdict.GENUINE, certificate.code)
        assert check({**badge, "name": "Otro"}) == (BadgeVerdict.CHANGED, "")
        assert check({**badge, "@context": ["https://example.org/v1"]}) == (BadgeVerdict.CHANGED, "")
        assert check({**badge, "magia": "Otro"}) == (BadgeVerdict.CHANGED, "")
        stranger = {**badge["proof"][0], "verificationMethod": f"{DID}#z6Mkotra"}
        assert check({**badge, "proof": [stranger]}) == (BadgeVerdict.NOT_OURS, "")
        for nonsense in (b"", b"%PDF-1.7", b"[]", b"7", b'{"proof": 7}', b"[" * 100_000):
            assert check_badge(nonsense) == (BadgeVerdict.NOT_OURS, "")
        service.withdraw_key(queries.find_key(key.public), actor=SYSTEM, now=TODAY)
        assert check(badge) == (BadgeVerdict.WITHDRAWN, certificate.code)
        assert [each.withdrawn_at is None for each in list_badge_keys()].count(False) == 1


def check(badge):
    return check_badge(json.dumps(badge).encode())


def test_the_badge_inside_the_file_is_the_badge_beside_it(client, app, certificate):
    badge = badge_of(client, certificate)
    design = load_design(app.extensions[SETTINGS].designs_dir / "ruta")
    data = replace(SAMPLE, credential=certificate.credential)
    with pikepdf.open(io.BytesIO(draw(design, data, made_at=TODAY))) as document:
        inside = json.loads(document.open_metadata()["{urn:ruta:certificate#}credential"])
    assert inside == badge
    independent.verify(inside, fetch(client, "/.well-known/did.json"))
