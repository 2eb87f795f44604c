"""A private PostgreSQL for tests: started in under two seconds, on a socket of its own, gone afterwards."""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from lms.testing.postgres_programs import Account, PostgresUnavailable, find_programs

OWNER = "ruta"
PREFIX = "ruta-postgres-"
SERVER_VARIABLE = "LMS_TEST_POSTGRES"
"""Environment variable that names the server: ``system`` or ``wheel``; unset, the first that is there."""

START_SECONDS = 60

# Nothing here must survive a power cut: every guarantee of durability is traded for speed.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "timezone": "UTC",
    "listen_addresses": "",
}


@dataclass(frozen=True)
class PostgresServer:
    """A PostgreSQL that is running; every test process makes databases of its own in it."""

    url: str
    """SQLAlchemy address of the maintenance database."""

    def url_of(self, name: str) -> str:
        """Return the SQLAlchemy address of one of its databases."""
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def create_database(self, name: str, *, template: str = "template0") -> str:
        """Make an empty database, or a copy of another one, and return its address; an old one is dropped."""
        self.drop_database(name)
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._run(create.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url_of(name)

    def drop_database(self, name: str) -> None:
        """Drop a database with the connections it still has; a missing one is fine."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def answer(self) -> None:
        """Return if the server answers; raise ``psycopg.OperationalError`` if it does not yet."""
        self._run(sql.SQL("SELECT 1"))

    def _run(self, statement: sql.SQL | sql.Composed) -> None:
        plain = make_url(self.url).set(drivername="postgresql")
        with psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True) as connection:
            connection.execute(statement)


@dataclass(frozen=True)
class RunningPostgres(PostgresServer):
    """The server that this process started and stops."""

    process: subprocess.Popen[bytes]
    folder: Path

    def stop(self) -> None:
        """Stop the server at once and remove its folder; stopping twice is fine."""
        atexit.unregister(self.stop)
        for sign in (signal.SIGINT, signal.SIGQUIT):
            # SIGINT closes the clients' connections, SIGQUIT waits for nothing; SIGKILL would leave orphans.
            self.process.send_signal(sign)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(10)
                break
        shutil.rmtree(self.folder, ignore_errors=True)


def start_postgres(choice: str | None = None) -> RunningPostgres:
    """Start a server on a private socket; PostgresUnavailable says why none could be started."""
    account = Account.for_this_process()
    remove_abandoned(Path(tempfile.gettempdir()))
    folder = _private_folder(account)
    try:
        programs = find_programs(choice or os.environ.get(SERVER_VARIABLE, ""), account, folder)
        _initialise(programs, folder, account)
        return _launch(programs, folder, account)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def remove_abandoned(parent: Path) -> None:
    """Remove the folders of servers whose test run was killed before it could clean up."""
    for folder in parent.glob(f"{PREFIX}*"):
        with suppress(OSError, ValueError):
            # A folder without the note is being made right now.
            owner = int((folder / "owner").read_text(encoding="utf-8"))
            try:
                os.kill(owner, 0)
            except ProcessLookupError:
                shutil.rmtree(folder, ignore_errors=True)


def _private_folder(account: Account) -> Path:
    for parent in dict.fromkeys([tempfile.gettempdir(), "/tmp"]):  # noqa: S108 - mkdtemp makes the name unguessable
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        account.own(folder)
        if account.run("test", "-w", folder).returncode == 0:
            (folder / "owner").write_text(str(os.getpid()), encoding="utf-8")
            return folder
        folder.rmdir()
    raise PostgresUnavailable("La carpeta temporal está cerrada para la cuenta con que corre PostgreSQL.")


def _initialise(programs: Path, folder: Path, account: Account) -> None:
    made = account.run(
        programs / "initdb",
        f"--pgdata={folder / 'data'}",
        f"--username={OWNER}",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    )
    if made.returncode:
        raise PostgresUnavailable(f"initdb no pudo crear la base de pruebas: {made.stderr.strip()}")


def _launch(programs: Path, folder: Path, account: Account) -> RunningPostgres:
    settings = [f"-c{name}={value}" for name, value in FAST.items()]
    command: list[str | Path] = [programs / "postgres", "-D", folder / "data", "-k", folder, *settings]
    if setpriv := shutil.which("setpriv"):
        # The kernel stops the server even if the tests are killed outright.
        command = [setpriv, "--pdeathsig", "QUIT", "--", *command]
    with (folder / "log").open("wb") as log:
        process = _spawn(command, log, account)
    url = URL.create("postgresql+psycopg", username=OWNER, database="postgres", query={"host": str(folder)})
    running = RunningPostgres(url=url.render_as_string(), process=process, folder=folder)
    atexit.register(running.stop)
    _wait(running)
    return running


def _spawn(command: list[str | Path], log: IO[bytes], account: Account) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd="/",
        user=account.uid,
        group=account.gid,
        extra_groups=account.groups,
        # Ctrl-C in the terminal is for the tests; they stop the server when they are done.
        start_new_session=True,
    )


def _wait(running: RunningPostgres) -> None:
    deadline = time.monotonic() + START_SECONDS
    while running.process.poll() is None and time.monotonic() < deadline:
        with suppress(psycopg.OperationalError):
            running.answer()
            return
        time.sleep(0.05)
    log = (running.folder / "log").read_text(encoding="utf-8", errors="replace")
    running.stop()
    raise PostgresUnavailable(f"PostgreSQL no arrancó: {log.strip()[-2000:]}")
