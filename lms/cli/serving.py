"""``lms serve``, ``lms worker`` and ``lms run``: the processes of an installation."""

import signal
import socket
import time
from multiprocessing import get_context
from multiprocessing.context import ForkProcess

import click
from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from lms.app import create_app, from_env
from lms.cli.demonstration import load_demo, welcome
from lms.core import migrations
from lms.core.db import db
from lms.core.jobs.context import current_jobs
from lms.core.jobs.worker import run_worker
from lms.core.settings import Settings, serve_at

TARGET = "lms.app:served_from_env"
PORT = click.option("--port", default=8000, show_default=True, help="Puerto en el que se atiende.")
HOST = click.option("--host", default="127.0.0.1", show_default=True, help="Dirección en la que se escucha.")


@click.command(help="Atender las páginas.")
@HOST
@PORT
@click.option("--workers", default=2, show_default=True, help="Procesos.")
@click.option("--threads", default=4, show_default=True, help="Hilos de cada proceso.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve pages until stopped."""
    Settings.from_env()
    _check_port(host, port)
    serve_pages(host, port, workers, threads)


@click.command(help="Hacer los trabajos en segundo plano: correos, constancias, informes.")
@click.option("--threads", default=2, show_default=True, help="Trabajos a la vez.")
def worker(threads: int) -> None:
    """Run jobs until stopped."""
    run_worker(from_env(), threads)


@click.command(help="Preparar todo y atender: tablas, servidor y trabajos en un solo grupo de procesos.")
@HOST
@PORT
@click.option("--demo/--no-demo", default=False, help="Cargar la demostración si la base está vacía.")
def run(host: str, port: int, *, demo: bool) -> None:
    """Prepare the installation, start server and worker, and stop both together."""
    _check_port(host, port)
    serve_at(f"http://{host}:{port}")
    app = create_app(Settings.from_env())
    prepare(app, demo=demo)
    with app.app_context():
        click.echo(welcome(demo=demo))
    raise SystemExit(_supervise(app, host, port))


def prepare(app: Flask, *, demo: bool) -> None:
    """Bring the tables up to date and load the demonstration once, into an empty installation only."""
    with app.app_context():
        migrations.upgrade(db.engine)
    if demo:
        load_demo(app)


def serve_pages(host: str, port: int, workers: int, threads: int) -> None:
    """Serve with granian until stopped."""
    Granian(
        TARGET, address=host, port=port, interface=Interfaces.WSGI, workers=workers, blocking_threads=threads,
        factory=True, log_enabled=False, respawn_failed_workers=True,
    ).serve()  # fmt: skip


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            message = f"El puerto {port} está ocupado. Cierre el otro programa o use otro: lms run --port {port + 1}"
            raise SystemExit(message) from None


def _supervise(app: Flask, host: str, port: int) -> int:
    """Run server and worker until one ends or we are told to stop; then end both.

    The children are forks: everything is imported already, so a second start serves in seconds.
    """
    with app.app_context():
        db.engine.dispose()
        current_jobs().queue.close()
    fork = get_context("fork")
    children: list[ForkProcess] = [
        fork.Process(target=serve_pages, args=(host, port, 2, 4)),
        fork.Process(target=run_worker, args=(app, 2)),
    ]
    for child in children:
        child.start()
    signal.signal(signal.SIGTERM, lambda *_: _end(children, grace=0))
    try:
        while all(child.is_alive() for child in children):
            time.sleep(0.2)
    except KeyboardInterrupt:
        click.echo("Cerrando…")
        _end(children, grace=5)  # the terminal told the whole group
        return 0
    _end(children, grace=0)
    return 1


def _end(children: list[ForkProcess], *, grace: float) -> None:
    for child in children:
        child.join(grace)
        child.terminate()
    for child in children:
        child.join(10)
        child.kill()
