"""Files that no row names: what goes after a day, what never goes, and who names what."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from lms.cli.storage import storage
from lms.core import sweeping
from lms.core.clock import now
from lms.core.context import STORAGE, current_storage
from lms.core.db import Base, db
from lms.core.ids import new_id
from lms.core.jobs.housekeeping import SweepFiles
from lms.core.jobs.models import Job, JobState
from lms.core.jobs.orders import enqueue
from lms.core.private_files import keep
from lms.core.storage import GOING, LocalStorage, digest_of
from lms.institutions.programmes.models import Programme
from lms.learning.queries import get_cohort
from lms.testing.factories.learning import make_cohort
from lms.testing.factories.world import make_world
from lms.testing.pytest_plugin import TODAY

LATER = TODAY + timedelta(days=2)


@pytest.fixture
def files(app):
    """Return what the storage of the test has in memory."""
    return app.extensions[STORAGE].files


def sweep_all(unit, run_jobs, moment):
    with unit():
        enqueue(SweepFiles(), now=moment)
    run_jobs()


def test_what_a_killed_job_left_goes_after_a_day_and_not_before(unit, run_jobs, files, at):
    with unit():
        left = keep(new_id(), b"a list that nobody got")
        db.session.rollback()
    with at(TODAY + timedelta(hours=23)):
        sweep_all(unit, run_jobs, now())
        assert left in files
    with at(LATER):
        sweep_all(unit, run_jobs, now())
    assert left not in files


def test_nothing_goes_that_any_row_of_any_table_names(unit, files, at):
    with unit():
        make_world("curso-uno")
    with unit():
        written = " ".join(
            str(row) for table in Base.metadata.sorted_tables if table.name != "audit_entry"
            for row in db.session.execute(table.select().where(*_alive(table)))
        )  # fmt: skip
    named = {digest for digest in files if digest in written}
    assert len(named) > 20
    with at(LATER):
        for part in sweeping.PARTS:
            with unit():
                sweeping.sweep(part, now=now(), asks=False)
    assert named - files.keys() == set()


def _alive(table):
    """Leave out orders that are done: what only they name is of no more use."""
    return (Job.state != JobState.DONE,) if table is Job.__table__ else ()


def test_a_file_that_two_name_stays_while_one_does(unit, files, at):
    with unit():
        digest = current_storage().put(b"the same logo")
        one, other = (get_cohort(make_cohort().id).programme_id for _ in range(2))
        for programme_id in (one, other):
            db.session.get_one(Programme, programme_id).issuer_logo = digest
    for programme_id, stays in ((one, True), (other, False)):
        with unit():
            db.session.get_one(Programme, programme_id).issuer_logo = ""
        with at(LATER), unit():
            sweeping.sweep(digest[0], now=now())
        assert (digest in files) is stays


def test_so_many_that_the_database_must_be_the_wrong_one_stay(app, unit, files, at, monkeypatch):
    monkeypatch.setattr(sweeping, "FEW", 3)
    digests = [app.extensions[STORAGE].put(b"%d" % number) for number in range(100)]
    part = digests[0][0]
    with at(LATER), pytest.raises(sweeping.TooManyLeft), unit():
        sweeping.sweep(part, now=now())
    assert files.keys() >= set(digests)


def aged(storage, content, *, days):
    digest = storage.put(content)
    path = storage._path(digest)
    moment = (datetime.now(UTC) - timedelta(days=days)).timestamp()
    os.utime(path, (moment, moment))
    return digest, path


def test_bytes_that_are_kept_again_are_young_and_a_killed_sweep_loses_none(tmp_path):
    storage, before = LocalStorage(tmp_path), datetime.now(UTC) - timedelta(days=1)
    again, _path = aged(storage, b"again", days=3)
    gone, _path = aged(storage, b"gone", days=3)
    (seen,) = storage.list_files(again[:2], before)
    storage.put(b"again")
    assert not storage.delete_older(again, before)
    assert storage.get(again) == b"again"
    assert seen.digest == again
    assert storage.delete_older(gone, before)
    assert not storage.delete_older(gone, before)
    held, path = aged(storage, b"held", days=3)
    path.rename(path.with_name(f"{GOING}{held}"))
    assert [each.digest for each in storage.list_files(held[:1], before)] == [held]
    assert storage.get(held) == b"held"


def test_what_was_half_written_goes_once_it_is_old(tmp_path):
    storage = LocalStorage(tmp_path)
    kept, path = aged(storage, b"kept", days=3)
    for part in (path.with_name("tmphalf"), tmp_path / "tmpfolder"):
        part.mkdir() if part.name == "tmpfolder" else part.write_bytes(b"ha")
        os.utime(part, (0, 0))
    (path.with_name("tmpyoung")).write_bytes(b"now")
    assert storage.delete_unfinished(datetime.now(UTC) - timedelta(days=1)) == 2
    assert path.with_name("tmpyoung").exists()
    assert storage.get(kept) == b"kept"


def test_the_command_shows_first_and_erases_when_it_is_meant(app, tmp_path, monkeypatch, at):
    local = LocalStorage(tmp_path)
    monkeypatch.setitem(app.extensions, STORAGE, local)
    digest, path = aged(local, b"nobody's", days=40_000 // 1000)
    assert digest == digest_of(b"nobody's")
    with at(datetime.now(UTC) + timedelta(days=2)):
        shown = CliRunner().invoke(storage, ["sweep", "--dry-run"], obj=lambda: app).output
        assert digest in shown
        assert path.exists()
        assert "Borrados: 1 archivos" in CliRunner().invoke(storage, ["sweep"], obj=lambda: app).output
    assert not path.exists()
