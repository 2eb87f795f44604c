"""Serves one application on a free port of this machine: granian, one process, four threads, as in production."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.http import Target, fetch

ROOT = Path(__file__).resolve().parent.parent
THREADS = 4
PATIENCE = 60
"""Seconds to wait for the first answer."""


class ServerSilent(RuntimeError):
    """The server ended or never answered; the message holds the end of its log."""


@contextmanager
def served(target: str, variables: dict[str, str], *, workers: int = 1) -> Iterator[int]:
    """Serve the application that a factory ``module:function`` builds; give its port, then stop it."""
    port = _free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(workers), "--blocking-threads", str(THREADS), "--log-level", "warning",
        target,
    ]  # fmt: skip
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LMS_")}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**inherited, **variables}, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            if not _answers(port, process):
                log.seek(0)
                raise ServerSilent(log.read()[-3000:].decode(errors="replace"))
            yield port
        finally:
            process.terminate()
            process.wait(timeout=20)


class MortalServer:
    """The product as a real server process on one port, which can be killed at any moment and begin again."""

    def __init__(self, variables: dict[str, str]) -> None:
        """Choose the port; nothing is served before ``start``."""
        self.port = _free_port()
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("LMS_")}
        self.environment = {**inherited, **variables}

    def start(self) -> None:
        """Begin to serve, in a group of processes of its own."""
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--host", "127.0.0.1", "--port",
            str(self.port), "--workers", "1", "--blocking-threads", str(THREADS), "--log-level", "error",
            "lms.app:served_from_env",
        ]  # fmt: skip
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True)

    def kill(self) -> None:
        """End it as a lack of power would: no handler runs."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            fetch(Target(port, "/"))
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False
