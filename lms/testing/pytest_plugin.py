"""Fixtures for the product's tests and for those of plugins: app, unit, client_for, at, mailbox, run_jobs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from lms.accounts import service as accounts
from lms.accounts.models import Person
from lms.app import create_app
from lms.certificates.verification.throttle import Throttle
from lms.core import clock
from lms.core.context import MAILER, STORAGE
from lms.core.db import Base, db, unit_of_work
from lms.core.jobs.worker import drain
from lms.core.mail import MemoryMailer
from lms.core.settings import Secret, Settings
from lms.core.storage import MemoryStorage
from lms.testing.client import ReviewingClient
from lms.testing.postgres import PostgresServer, RunningPostgres, start_postgres

TODAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
"""The moment at which tests happen unless they say otherwise: a Friday, 10:00 in Cancún."""
ROOT = Path(__file__).resolve().parents[2]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--database``."""
    parser.addoption(
        "--database", default="sqlite", choices=("sqlite", "postgresql"), help="engine to test on"
    )


DATABASE_FIXTURES = {"make_database", "database_url"}
SERVER = pytest.StashKey[RunningPostgres]()


def pytest_configure(config: pytest.Config) -> None:
    """Start one real PostgreSQL for the whole run, in the process that directs the others."""
    if config.getoption("--database") == "postgresql" and not hasattr(config, "workerinput"):
        config.stash[SERVER] = start_postgres()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell each parallel process where the server is."""
    if SERVER in node.config.stash:
        node.workerinput["postgres_url"] = node.config.stash[SERVER].url


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, on the second engine, what said all it had to say on the first.

    That is what touches no database, and browser stories about looks rather than about the whole job.
    """
    if config.getoption("--database") != "postgresql":
        return
    needing = [
        item
        for item in items
        if DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        and (item.get_closest_marker("both_engines") or not item.get_closest_marker("browser"))
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(needing)])
    items[:] = needing


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server."""
    if SERVER in config.stash:
        config.stash[SERVER].stop()


@pytest.fixture(scope="session")
def make_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], str]:
    """Return ``make_database(name)``: the address of a new empty database of the engine under test."""
    config = request.config

    def make(name: str) -> str:
        if config.getoption("--database") == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('database') / name}.db"
        worker_input = getattr(config, "workerinput", None)
        server = PostgresServer(worker_input["postgres_url"]) if worker_input else config.stash[SERVER]
        return server.create_database(f"{name}_{worker_input['workerid'] if worker_input else 'main'}")

    return make


@pytest.fixture(scope="session")
def database_url(make_database: Callable[[str], str]) -> str:
    """Return the address of the database that the shared application uses."""
    return make_database("ruta")


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return the settings under test."""
    return Settings(
        data_dir=tmp_path_factory.mktemp("data"),
        secret_key=Secret("k" * 40),
        database_url=database_url,
        public_url="http://localhost",
        mailer="memory",
        content_dir=ROOT / "content",
        designs_dir=ROOT / "certificates",
        testing=True,
    )


@pytest.fixture(scope="session")
def built_app(settings: Settings) -> Iterator[Flask]:
    """Build the application once per process and create its tables."""
    app = create_app(settings)
    with app.app_context():
        Base.metadata.create_all(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(built_app: Flask) -> Iterator[Flask]:
    """Return the application with an empty database, at ``TODAY``, with memory for mail and files."""
    _empty(built_app)
    _forgive(built_app)
    built_app.extensions[MAILER] = MemoryMailer()
    built_app.extensions[STORAGE] = MemoryStorage()
    with clock.freeze(TODAY):
        yield built_app


def _empty(app: Flask) -> None:
    """Delete every row, in one round trip where the driver takes several statements at once."""
    tables = reversed(Base.metadata.sorted_tables)
    statements = [f"DELETE FROM {table.name}" for table in tables]  # noqa: S608 - our own table names
    with app.app_context(), unit_of_work():
        connection = db.session.connection()
        if connection.dialect.name == "postgresql":
            statements = ["; ".join(statements)]
        for statement in statements:
            connection.exec_driver_sql(statement)


def _forgive(app: Flask) -> None:
    """Give every client all its tries: those that another test spent come back with real time only."""
    throttles = [name for name, held in app.extensions.items() if isinstance(held, Throttle)]
    app.extensions |= {name: Throttle() for name in throttles}


Unit = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def unit(app: Flask) -> Unit:
    """Return ``unit()``: an app context with one unit of work, to arrange and to look.

    Close it before using a client: an open app context would keep the first person signed in.
    """

    @contextmanager
    def opened() -> Iterator[None]:
        with app.app_context(), unit_of_work():
            yield

    return opened


@pytest.fixture
def client(app: Flask) -> ReviewingClient:
    """Return a stranger's browser."""
    return ReviewingClient(app)


@pytest.fixture
def client_for(app: Flask, unit: Unit) -> Callable[[Person], ReviewingClient]:
    """Return ``client_for(person)``: a browser in which they are signed in."""

    def signed_in(person: Person) -> ReviewingClient:
        with unit():
            key = accounts.open_session(person, stay=False, device="", now=clock.now())
        return ReviewingClient(app, key)

    return signed_in


@pytest.fixture
def at() -> Callable[[datetime], AbstractContextManager[None]]:
    """Return ``at(moment)``: inside it, that is the time for every thread."""
    return clock.freeze


@pytest.fixture
def mailbox(app: Flask) -> MemoryMailer:
    """Return the messages sent so far; run the jobs first."""
    mailer: MemoryMailer = app.extensions[MAILER]
    return mailer


@pytest.fixture
def run_jobs(app: Flask) -> Callable[[], int]:
    """Return ``run_jobs()``: do every due job now, as a worker would."""
    return lambda: drain(app)


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """Return ``count_queries()``: inside it, statements are collected in the list it gives."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
            if not statement.startswith(("PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE")):
                statements.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting
