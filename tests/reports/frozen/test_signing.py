"""The printed report is an archive with tags, and carries the signature of an institution that has a certificate."""

import io
from datetime import timedelta

import pikepdf
import pytest
from sqlalchemy import func, select

from lms.certificates.credentials import identity
from lms.core.actors import SYSTEM
from lms.core.audit import AuditEntry
from lms.core.clock import now
from lms.core.db import db
from lms.core.storage import digest_of
from lms.institutions.programmes.queries import get_programme
from lms.reports.frozen import jobs
from lms.reports.frozen.models import ReportVersion
from lms.reports.frozen.reporting import add_recipient, set_schedule
from lms.reports.frozen.service import prepare_due
from lms.testing.archives import archive_faults
from lms.testing.factories.learning import make_enrolment
from lms.testing.pytest_plugin import TODAY
from tests.certificates.credentials import authorities
from tests.certificates.credentials.test_signing import configured, is_valid, root
from tests.reports.frozen.test_quarterly import issue, order, world

__all__ = ["configured", "root", "world"]


@pytest.fixture
def signer(configured, root):
    """Return a pair of the institution whose certificate signs from now on."""
    pair = authorities.make("Secretaría técnica", issuer=root)
    configured(pair, root)
    return pair


def pdf_of(browser, address):
    return browser.post(f"{address}/files/pdf", status=200).response.data


@pytest.fixture
def drawn(monkeypatch):
    """Let the files be drawn in no time: their figures are not what is looked at."""
    written = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(written, force_version="1.7")
    files = {"pdf": written.getvalue(), "xlsx": b"PK", "zip": b"PK"}
    monkeypatch.setattr(jobs, "make_files", lambda *_one, **_two: dict(files))


def assert_is_readable(content):
    """Tags in order, a title, a language: what a screen reader asks of a file."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.Root.StructTreeRoot.K[0].K) > len(pdf.pages)
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.Root.Lang) == "es"
        assert str(pdf.docinfo["/Title"]).startswith("Informe trimestral")


def test_a_report_and_its_correction_are_signed_archives_until_a_byte_changes(
    client_for, world, run_jobs, unit, signer, root, tmp_path
):
    browser = client_for(world["reviewer"])
    first = issue(browser, world, run_jobs)
    with unit():
        for _number in range(6):
            make_enrolment(world["cohort"], institution=world["place"], sector="tourism")
    second = browser.post(f"{first}/correct", {"reason": "Turismo envió su lista tarde."}).location
    browser.post(f"{second}/approve")
    run_jobs()
    files = {}
    for address in (first, second):
        content = pdf_of(browser, address)
        assert is_valid(content, root, tmp_path)
        changed = bytearray(content)
        changed[len(content) // 3] ^= 1
        assert not is_valid(bytes(changed), root, tmp_path)
        assert_is_readable(content)
        files[address] = content
        page = browser.get(address).text
        assert "la firma electrónica de Secretaría técnica, hecha el" in page
        assert digest_of(content) in page
        assert pdf_of(browser, address) == content
    assert archive_faults(files) == {}


def test_a_scheduled_report_leaves_signed_and_says_where_it_lacks_its_time_stamp(
    world, configured, root, unit, run_jobs, mailbox, at, tmp_path, client, drawn
):
    asked, january = [], TODAY.replace(year=2027, month=1, day=12)
    with unit():
        programme = get_programme(world["programme"].id)
        set_schedule(programme, days_after=10, sends_itself=True, actor=SYSTEM, now=now())
        add_recipient(programme, "cooperacion@example.org", is_approver=False, actor=SYSTEM, now=now())
    with authorities.broken_service(asked) as address, at(january):
        configured(authorities.make("Secretaría técnica", issuer=root), root, sign_tsa_url=address)
        with unit():
            prepare_due(now=now())
        run_jobs()
        run_jobs()
    (letter,) = [each for each in mailbox.sent if each.attached_name]
    assert asked
    assert is_valid(letter.file, root, tmp_path)
    with unit():
        version = db.session.scalars(select(ReportVersion)).one()
        assert version.files["pdf"]["sha256"] == digest_of(letter.file)
        missed = select(func.count()).where(
            AuditEntry.code == "certificates.time-stamp-missed", AuditEntry.subject_id == version.id
        )
        assert db.session.scalar(missed) == 1
    link = next(word for word in letter.text.split() if "/quarterly/" in word)
    assert "la firma electrónica de Secretaría técnica" in client.get(link[link.index("/quarterly/") :]).text


def test_no_report_leaves_unsigned_once_the_certificate_ended_and_a_new_one_makes_it_leave(
    client_for, world, run_jobs, configured, root, drawn, at, tmp_path
):
    configured(authorities.make("Secretaría", issuer=root, ends_at=TODAY - timedelta(days=1)), root)
    browser = client_for(world["reviewer"])
    address = order(browser, world)
    browser.post(f"{address}/approve")
    run_jobs()
    assert "Se intentará de nuevo" in browser.get(address).text
    browser.post(f"{address}/files/pdf", status=404)
    configured(authorities.make("Secretaría", issuer=root), root)
    identity._load.cache_clear()  # the worker was started again
    with at(TODAY + timedelta(hours=1)):
        run_jobs()
        assert is_valid(pdf_of(browser, address), root, tmp_path)
