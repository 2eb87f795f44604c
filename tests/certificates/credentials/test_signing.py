"""A signed file is valid for software that is not ours, stays the file that was drawn, and breaks with one byte."""

import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest
from asn1crypto import cms
from sqlalchemy import func, select

from lms.app import create_app
from lms.certificates.credentials import service
from lms.certificates.credentials.checkup import look_at_signing
from lms.certificates.credentials.errors import SigningExpired
from lms.certificates.credentials.identity import identity_of
from lms.certificates.credentials.models import SigningCertificate
from lms.core.audit import AuditEntry
from lms.core.context import SETTINGS
from lms.core.db import db
from lms.core.ids import new_id
from lms.core.settings import Secret, SettingsInvalid
from lms.testing.pytest_plugin import TODAY
from tests.certificates.credentials import authorities

FOLIO = "QROO-2026-000041"
RANGE = re.compile(rb"/ByteRange ?\[ ?(\d+) (\d+) (\d+) (\d+) ?\]")


@pytest.fixture(scope="module")
def root():
    return authorities.make("Autoridad inventada")


@pytest.fixture(scope="module")
def pdf():
    document = pikepdf.new()
    document.add_blank_page()
    written = io.BytesIO()
    document.save(written, force_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


@pytest.fixture
def configured(app, settings, tmp_path):
    """Return ``configured(pair, root)``: from then on that certificate signs."""

    def configure(pair, *chain, **values):
        path = authorities.write_p12(tmp_path / "firma.p12", pair, *chain)
        password = Secret(authorities.PASSWORD)
        app.extensions[SETTINGS] = replace(settings, sign_p12=path, sign_password=password, **values)

    yield configure
    app.extensions[SETTINGS] = settings


def seal(pdf, *, at):
    return service.seal(pdf, subject_id=new_id(), folio=FOLIO, at=at)


def parts_of(signed):
    """Return the signature and what it is about, read as any program does that knows only the format."""
    start, length, again, rest = map(int, RANGE.search(signed).groups())
    contents = signed[start + length : again].strip(b"<>")
    content = signed[start : start + length] + signed[again : again + rest]
    signature = cms.ContentInfo.load(bytes.fromhex(contents.decode()))  # what is left over is zeros
    assert start == 0
    assert again + rest == len(signed)
    return signature, content


def openssl(*arguments):
    return subprocess.run(["openssl", *map(str, arguments)], capture_output=True, check=False).returncode == 0


def is_valid(signed, root, folder):
    signature, content = parts_of(signed)
    (folder / "signature").write_bytes(signature.dump())
    (folder / "content").write_bytes(content)
    (folder / "root").write_bytes(root.pem)
    return openssl(
        "cms", "-verify", "-binary", "-inform", "DER", "-in", folder / "signature", "-content", folder / "content",
        "-CAfile", folder / "root", "-purpose", "any", "-attime", int(TODAY.timestamp()), "-out", folder / "out",
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["curve", "rsa"])
def test_a_signed_file_is_valid_until_a_byte_changes(unit, configured, root, pdf, tmp_path, kind):
    pair = authorities.make(
        "Secretaría técnica", issuer=root, key=authorities.rsa_key() if kind == "rsa" else None
    )
    with unit():
        configured(pair, root)
        signed, second = seal(pdf, at=TODAY), seal(pdf, at=TODAY + timedelta(seconds=1))
    assert is_valid(signed, root, tmp_path)
    assert is_valid(second, root, tmp_path)
    for place in (len(pdf) // 2, len(signed) - 10):
        changed = bytearray(signed)
        changed[place] ^= 1
        assert not is_valid(bytes(changed), root, tmp_path)
    if shutil.which("pdfsig"):
        (tmp_path / "signed.pdf").write_bytes(signed)
        said = subprocess.run(
            ["pdfsig", tmp_path / "signed.pdf"], capture_output=True, text=True, check=False
        )
        assert "Signature is Valid" in said.stdout
        assert "Total document signed" in said.stdout
        assert "ETSI.CAdES.detached" in said.stdout


def test_what_was_drawn_stays_as_it_was_in_front_of_the_signature(unit, configured, root, pdf):
    with unit():
        configured(authorities.make("Secretaría técnica", issuer=root), root)
        signed = seal(pdf, at=TODAY)
        assert seal(pdf, at=TODAY + timedelta(days=1)) != signed
        (kept,) = db.session.scalars(select(SigningCertificate)).all()
    assert signed.startswith(pdf)
    with pikepdf.open(io.BytesIO(signed)) as document:
        # PDF/A-2 is PDF 1.7; a signature made elliptic curves raise the file to 2.0 if nobody objects.
        assert document.pdf_version == "1.7"
        assert "/Version" not in document.Root
        assert not document.check_pdf_syntax()
        (field,) = document.Root.AcroForm.Fields
        assert [float(edge) for edge in field.Rect] == [0, 0, 0, 0]
    assert kept.subject == "CN=Secretaría técnica"


def test_a_service_of_time_stamps_says_when(unit, configured, root, pdf, tmp_path):
    clock = authorities.make_time_authority(root)
    with authorities.time_service(clock, at=TODAY) as address, unit():
        configured(authorities.make("Secretaría técnica", issuer=root), root, sign_tsa_url=address)
        signed = seal(pdf, at=TODAY)
    assert is_valid(signed, root, tmp_path)
    signature, _content = parts_of(signed)
    (signer,) = signature["content"]["signer_infos"]
    (token,) = (
        each["values"][0]
        for each in signer["unsigned_attrs"]
        if each["type"].native == "signature_time_stamp_token"
    )
    (tmp_path / "token").write_bytes(token.dump())
    (tmp_path / "signed").write_bytes(signer["signature"].native)
    assert openssl(
        "ts", "-verify", "-token_in", "-in", tmp_path / "token", "-data", tmp_path / "signed",
        "-CAfile", tmp_path / "root", "-attime", int(TODAY.timestamp()),
    )  # fmt: skip


def test_without_an_answer_the_file_is_signed_the_service_left_in_peace_and_the_trail_says_so(
    unit, configured, root, pdf, tmp_path
):
    asked = []

    def misses():
        return db.session.scalar(
            select(func.count()).where(AuditEntry.code == "certificates.time-stamp-missed")
        )

    with authorities.broken_service(asked) as address, unit():
        configured(authorities.make("Secretaría", issuer=root), root, sign_tsa_url=address)
        assert is_valid(seal(pdf, at=TODAY), root, tmp_path)
        assert (len(asked), misses()) == (1, 1)
        seal(pdf, at=TODAY + timedelta(minutes=4))
        assert (len(asked), misses()) == (1, 2)
        seal(pdf, at=TODAY + timedelta(minutes=6))
        assert (len(asked), misses()) == (2, 3)


def test_nothing_is_signed_outside_the_dates_of_the_certificate(unit, configured, root, pdf):
    with unit():
        configured(authorities.make("Secretaría", issuer=root, ends_at=TODAY), root)
        assert seal(pdf, at=TODAY) != pdf
        with pytest.raises(SigningExpired):
            seal(pdf, at=TODAY + timedelta(seconds=1))


def test_without_a_certificate_the_file_is_left_alone(unit, pdf):
    with unit():
        assert seal(pdf, at=TODAY) == pdf


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda path, pair: authorities.write_p12(path, pair, password="otra"), "su contraseña"),
        (lambda path, _pair: path.write_bytes(b"no es un certificado"), "su contraseña"),
        (
            lambda path, _pair: authorities.write_p12(
                path, authorities.make("Débil", key=authorities.rsa_key(1024))
            ),
            "RSA de 2048",
        ),
    ],
)
def test_a_certificate_that_cannot_sign_is_said_in_a_sentence(settings, root, tmp_path, spoil, sentence):
    path = tmp_path / "firma.p12"
    spoil(path, authorities.make("Secretaría", issuer=root))
    with pytest.raises(SettingsInvalid, match=sentence):
        identity_of(replace(settings, sign_p12=path, sign_password=Secret(authorities.PASSWORD)))


def test_without_the_part_that_signs_the_start_says_what_to_install(settings, root, tmp_path, monkeypatch):
    path = authorities.write_p12(tmp_path / "firma.p12", authorities.make("Secretaría", issuer=root))
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    with pytest.raises(SettingsInvalid, match=r"pip install ruta-lms\[sign\]"):
        create_app(replace(settings, sign_p12=path, sign_password=Secret(authorities.PASSWORD)))


def test_the_check_up_asks_for_a_new_certificate_in_time(settings, root, tmp_path):
    pair = authorities.make("Secretaría", issuer=root, ends_at=TODAY + timedelta(days=100))
    path = authorities.write_p12(tmp_path / "firma.p12", pair, root)
    signing = replace(settings, sign_p12=path, sign_password=Secret(authorities.PASSWORD))
    said = {day: look_at_signing(signing, TODAY + timedelta(days=day)) for day in (0, 41, 101)}
    assert said[0] == ("CN=Secretaría, sirve hasta el 2027-02-28 (100 días)", "")
    assert said[41][1] == said[101][1] != ""
    assert "no se emite nada" in said[101][0]
