"""Fixture ``live_server``: the application under test on a real port, for browsers and for code that opens sockets."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from lms.core.context import SETTINGS, current_settings

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


@pytest.fixture
def live_server(app: Flask) -> Iterator[LiveServer]:
    """Serve ``app`` from a thread until the test ends; its public address is the server's."""
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
        _stop(server, thread)
        app.extensions[SETTINGS] = settings


def _stop(server: BaseWSGIServer, thread: threading.Thread) -> None:
    server.shutdown()
    thread.join()
    server.server_close()
