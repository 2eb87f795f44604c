"""Documents for a whole cohort: shown first, in parts, once each, whoever asks twice or dies in the middle."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from bench.issuing import make_hall, order
from bench.sittings import installed
from lms.certificates.issuing import bulk
from lms.certificates.issuing.archives import forget_archives, order_archive
from lms.certificates.issuing.models import (
    Certificate,
    CertificateArchive,
    FolioCounter,
    IssueEntry,
    IssueRun,
    Outcome,
)
from lms.certificates.issuing.rules import Kind
from lms.core.actors import SYSTEM
from lms.core.context import STORAGE
from lms.core.db import db
from lms.core.jobs.models import Job, JobState
from lms.core.jobs.runner import run_job
from lms.testing.factories.accounts import make_administrator, make_person
from lms.testing.factories.certificates import make_certificate, make_completion, plain_press
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

ROOT = Path(__file__).resolve().parents[3]
WORK = """
from lms.app import from_env
from lms.core.clock import now
from lms.core.jobs.sweeper import sweep
from lms.core.jobs.worker import drain
app = from_env()
with app.app_context():
    sweep(now())
drain(app)
"""
PEOPLE = 40
PATIENCE = 90


def make_ready(cohort, count):
    found = [make_enrolment(cohort) for _ in range(count)]
    for each in found:
        make_completion(each)
    return found


def order_for(cohort, enrolments):
    return bulk.order_run(
        cohort, [each.id for each in enrolments], kind=Kind.CERTIFICADO, actor=SYSTEM, now=TODAY
    )


def issue_all(run_id):
    """Do every part of a run as its jobs do, with a drawing that takes no time."""
    run = bulk.find_run(run_id)
    for part in range(-(-run.total // bulk.PART)):
        bulk.issue_part(run, part, press=plain_press(), now=TODAY)
    return run


def folios():
    return sorted(int(each[-6:]) for each in db.session.scalars(select(Certificate.folio)))


def test_a_run_says_what_became_of_everybody_and_doing_a_part_again_changes_nothing(unit):
    with unit():
        cohort = make_cohort()
        ready, known = make_ready(cohort, 28), make_certificate(cohort)
        late = make_enrolment(cohort)
        people = [*ready, late]
        run = order_for(cohort, people)
        entry = db.session.scalars(select(IssueEntry).where(IssueEntry.enrolment_id == late.id)).one()
        issue_all(run.id)
        issue_all(run.id)
        assert entry.outcome is Outcome.NOT_ELIGIBLE
        assert (run.done, run.total, run.finished_at) == (29, 29, TODAY)
        assert folios() == list(range(1, 30))
        issued = db.session.scalars(
            select(IssueEntry.certificate_id).where(IssueEntry.run_id == run.id)
        ).all()
        assert None in issued
        assert known.id not in issued


def test_what_cannot_be_drawn_holds_nobody_back_and_takes_no_folio(unit, run_jobs):
    with unit():
        cohort = make_cohort()
        first, odd, last = make_ready(cohort, 3)
        odd_one = db.session.get_one(type(make_person()), odd.person_id)
        odd_one.given_names = "漢字"
        order_for(cohort, [first, odd, last])
    run_jobs()
    with unit():
        rows = db.session.scalars(select(IssueEntry).order_by(IssueEntry.position)).all()
        assert [row.outcome for row in rows] == [Outcome.ISSUED, Outcome.FAILED, Outcome.ISSUED]
        assert "漢" in rows[1].detail
        assert folios() == [1, 2]


def test_two_who_order_the_same_cohort_at_once_issue_each_once(app, unit):
    with unit():
        cohort = make_cohort()
        ready = make_ready(cohort, 30)
        runs = [order_for(cohort, people).id for people in (ready, ready[::-1])]
    start = threading.Barrier(2)

    def work(run_id):
        start.wait()
        while mine := waiting_of(app, run_id):
            for job_id in mine:
                run_job(app, job_id)

    threads = [threading.Thread(target=work, args=(run_id,)) for run_id in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with unit():
        found = db.session.scalars(select(Certificate)).all()
        assert folios() == list(range(1, 31))
        assert {each.enrolment_id for each in found} == {each.id for each in ready}
        assert db.session.scalars(select(FolioCounter.last)).all() == [30]
        done = db.session.scalars(select(IssueRun)).all()
        assert all(run.finished_at for run in done)
        outcomes = db.session.scalars(select(IssueEntry.outcome)).all()
        assert (outcomes.count(Outcome.ISSUED), outcomes.count(Outcome.KNOWN)) == (30, 30)


def waiting_of(app, run_id):
    with app.app_context():
        rows = db.session.scalars(select(Job).where(Job.state == JobState.QUEUED)).all()
        found = [row.id for row in rows if row.payload.get("run_id") == str(run_id)]
        db.session.rollback()
        return found


def test_a_worker_killed_in_the_middle_leaves_no_gap_and_nobody_twice(tmp_path):
    app, variables = installed(tmp_path)
    cohort_id, enrolment_ids = make_hall(app, PEOPLE)
    order(app, cohort_id, enrolment_ids)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LMS_")}
    environment = {**inherited, **variables, "LMS_MAILER": "console"}
    command = [sys.executable, "-c", WORK]
    database = tmp_path / "ruta.db"

    def ask(statement):
        with sqlite3.connect(database, timeout=30) as connected:
            return connected.execute(statement).fetchall()

    worker = subprocess.Popen(
        command, cwd=ROOT, env=environment, start_new_session=True, stderr=subprocess.DEVNULL
    )
    try:
        limit = time.monotonic() + PATIENCE
        while ask("SELECT count(*) FROM certificate")[0][0] < bulk.PART:
            assert worker.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < limit
            threading.Event().wait(0.05)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(timeout=10)
    (before,) = ask("SELECT count(*) FROM certificate")[0]
    assert before < PEOPLE, "it was killed too late to try anything"
    ask("UPDATE job SET beat_at = '2020-01-01 00:00:00.000000' WHERE state = 'running'")
    subprocess.run(
        command, cwd=ROOT, env=environment, check=True, timeout=PATIENCE, stderr=subprocess.DEVNULL
    )
    numbers = sorted(int(folio[-6:]) for (folio,) in ask("SELECT folio FROM certificate"))
    assert numbers == list(range(1, PEOPLE + 1))
    assert ask("SELECT count(DISTINCT enrolment_id) FROM certificate") == [(PEOPLE,)]
    assert ask("SELECT done, total FROM issue_run") == [(PEOPLE, PEOPLE)]
    assert ask("SELECT count(DISTINCT key) FROM certificate_letter") == [(PEOPLE,)]


def test_a_large_archive_is_made_by_a_job_and_only_for_whoever_asked(
    app, client_for, unit, run_jobs, monkeypatch
):
    monkeypatch.setattr("lms.certificates.issuing.archives.MOST_FILES", 2)
    with unit():
        cohort = make_cohort()
        for _ in range(3):
            make_certificate(cohort)
        administrator = make_administrator()
    browser = client_for(administrator)
    page = browser.post(f"/certificates/cohorts/{cohort.id}/archives", {})
    address = page.response.location
    assert "Se preparan 3 documentos" in browser.get(address).text
    run_jobs()
    files = browser.get(address).select("main li a[href$='.zip']")
    assert [link["href"] for link in files] == [f"{address}/1.zip", f"{address}/2.zip"]
    assert browser.raw.get(f"{address}/1.zip").data.startswith(b"PK")
    browser.get(f"{address}/3.zip", status=404)
    with unit():
        archive = db.session.scalars(select(CertificateArchive)).one()
        assert [each["count"] for each in archive.files] == [2, 1]
        kept = [each["digest"] for each in archive.files]
        archive.erase_at = TODAY
    assert set(kept) <= set(app.extensions[STORAGE].files)
    with unit():
        assert forget_archives(TODAY) == 1
    assert not set(kept) & set(app.extensions[STORAGE].files)


@pytest.mark.parametrize("path", ["", "/resume"])
def test_a_run_is_for_those_who_may_issue_in_its_cohort(client_for, unit, path):
    with unit():
        cohort = make_cohort()
        run = order_for(cohort, make_ready(cohort, 1))
        stranger, administrator = make_person(), make_administrator()
    address = f"/certificates/runs/{run.id}{path}"
    if path:
        client_for(stranger).post(address, {}, status=403)
        client_for(administrator).post(address, {})
    else:
        client_for(stranger).get(address, status=403)
        assert "Van 0 de 1" in client_for(administrator).get(address).text


def test_a_progress_that_is_over_asks_for_the_whole_page_again(client_for, unit):
    with unit():
        cohort = make_cohort()
        run, archive = order_for(cohort, make_ready(cohort, 1)), make_archive(cohort)
        administrator = make_administrator()
        archive.person_id = administrator.id
    browser, htmx = client_for(administrator), {"HX-Request": "true"}
    addresses = (f"/certificates/runs/{run.id}", f"/certificates/archives/{archive.id}")
    assert all("<main" not in browser.raw.get(each, headers=htmx).text for each in addresses)
    with unit():
        issue_all(run.id)
        db.session.get_one(CertificateArchive, archive.id).finished_at = TODAY
    for each in addresses:
        answer = browser.raw.get(each, headers=htmx)
        assert (answer.text, answer.headers["HX-Refresh"]) == ("", "true")


def make_archive(cohort):
    return order_archive(cohort, [], person_id=make_person().id, now=TODAY)
