"""The jobs are tested in a small application of their own: its handlers may kill the process they run in."""

from datetime import UTC, datetime

import psycopg
import pytest

from lms.core.clock import freeze
from lms.core.db import db
from lms.core.jobs.outbox import JOBS
from lms.testing.sample_jobs import HANDLERS, create_tables, sample_app

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def jobs_database_url(make_database):
    return make_database("jobs")


@pytest.fixture
def database(jobs_database_url, tmp_path):
    """Return the addresses of an empty database and of the queue that goes with it."""
    if jobs_database_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'ruta.db'}", ""
    plain = jobs_database_url.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        # A fresh schema takes a tenth of the time of a fresh database.
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return jobs_database_url, jobs_database_url


@pytest.fixture
def make_app(database, tmp_path):
    """Return a function that builds an application on the test's database."""
    made = []

    def make(handlers=(HANDLERS,), schedules=(), jobs_url=None):
        database_url, queue_url = database
        app = sample_app(
            database_url, tmp_path, handlers, schedules, queue_url if jobs_url is None else jobs_url
        )
        create_tables(app)
        made.append(app)
        return app

    yield make
    for app in made:
        app.extensions[JOBS].queue.close()
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(make_app):
    return make_app()


@pytest.fixture
def noon():
    with freeze(NOON):
        yield NOON
