"""Administrators see what happened and what waits; nobody else does."""

from lms.core.audit import AuditEntry, seal_entries, verify_chain
from lms.core.db import db
from lms.core.jobs.models import Job, JobState
from lms.testing.factories.accounts import make_administrator, make_person
from lms.testing.pytest_plugin import TODAY


def test_the_trail_tells_what_happened_in_words(client_for, unit):
    with unit():
        boss = make_administrator()
        make_person()
    page = client_for(boss).get("/operations/audit?code=accounts.person-registered")
    assert "Se registró una cuenta." in page.text


def test_nobody_else_reads_the_trail_or_the_jobs(client_for, unit):
    with unit():
        person = make_person()
    browser = client_for(person)
    browser.get("/operations/audit", status=403)
    browser.get("/operations/jobs", status=403)


def test_a_dead_job_is_put_back(client_for, unit):
    with unit():
        boss = make_administrator()
        job = Job(
            code="mail.send", payload={}, state=JobState.DEAD, error="sin red", created_at=TODAY, run_at=TODAY
        )
        db.session.add(job)
    browser = client_for(boss)
    assert "sin red" in browser.get("/operations/jobs?state=dead").text
    browser.post(f"/operations/jobs/{job.id}/retry")
    with unit():
        assert db.session.get(Job, job.id).state is JobState.QUEUED


def test_a_changed_entry_breaks_the_seals(unit):
    with unit():
        make_person()
        make_person()
    with unit():
        assert seal_entries() == 2
        assert verify_chain() is None
    with unit():
        entry = db.session.query(AuditEntry).order_by(AuditEntry.id).first()
        entry.code = "something.else"
    with unit():
        assert verify_chain() == entry.id


def test_a_role_is_told_by_its_name(client_for, unit):
    with unit():
        boss = make_administrator()
    page = client_for(boss).get("/operations/audit?code=accounts.role-given")
    assert "Se dio el papel Administración." in page.text
