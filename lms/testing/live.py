"""Fixtures ``live_server``, the application under test on a real port, and ``demonstration``, one that is full."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from lms.app import create_app
from lms.core import migrations
from lms.core.context import SETTINGS, current_settings
from lms.core.db import db
from lms.core.settings import Settings
from lms.demo.loading import load

ADDRESS = "127.0.0.1"


@dataclass(frozen=True)
class LiveServer:
    """The application while it answers on a port of this machine; jobs still wait for ``run_jobs()``."""

    app: Flask
    url: str
    """Address without a final slash; links in e-mails and QR codes start with it."""

    def path_of(self, address: str) -> str:
        """Return the path of one of its addresses; fails on an address of somewhere else."""
        assert address.startswith(f"{self.url}/"), f"{address} is not an address of {self.url}"
        return address.removeprefix(self.url)


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # a browser keeps its connections, as with the real server

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the name is Werkzeug's
        """Say nothing: the tests say what fails."""


@contextmanager
def serving(app: Flask) -> Iterator[LiveServer]:
    """Serve an application from a thread until the block ends; its public address is the server's meanwhile."""
    server = make_server(ADDRESS, 0, app, threaded=True, request_handler=_Quiet)
    url = f"http://{ADDRESS}:{server.server_port}"
    with app.app_context():
        settings = current_settings()
    app.extensions[SETTINGS] = replace(settings, public_url=url)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield LiveServer(app, url)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions[SETTINGS] = settings


@pytest.fixture
def live_server(app: Flask) -> Iterator[LiveServer]:
    """Serve ``app`` until the test ends."""
    with serving(app) as server:
        yield server


@pytest.fixture(scope="session")
def demonstration(
    settings: Settings, make_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Return an application of its own with the demonstration loaded, as ``make run`` leaves it.

    Loading takes many seconds, so its tests share a file, which stays in one process. Time is not fixed: the
    demonstration's year ends today.
    """
    own = replace(
        settings,
        database_url=make_database("demonstration"),
        data_dir=tmp_path_factory.mktemp("demonstration"),
    )
    app = create_app(own)
    with app.app_context():
        migrations.upgrade(db.engine)
    load(app)
    yield app
    with app.app_context():
        db.engine.dispose()
