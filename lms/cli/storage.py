"""``lms storage``: the files of the installation."""

from collections.abc import Callable

import click
from flask import Flask

from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.db import unit_of_work
from lms.core.storage import StoredFile
from lms.core.sweeping import LEFT_FOR, PARTS, list_left, sweep


@click.group(help="Los archivos que guarda la instalación.")
def storage() -> None:
    """Hold the commands about files."""


@storage.command(name="sweep", help="Borrar los archivos que ningún registro nombra desde hace un día.")
@click.option("--dry-run", is_flag=True, help="Solo mostrarlos.")
@click.option("--even-many", is_flag=True, help="Borrarlos aunque sean tantos que parezca un error.")
@click.pass_obj
def sweep_command(make_app: Callable[[], Flask], *, dry_run: bool, even_many: bool) -> None:
    """Erase what nothing names, or show it; the job of every day does the same."""
    moment, count, size = now(), 0, 0
    with make_app().app_context():
        for part in PARTS:
            with unit_of_work(read_only=dry_run):
                found = (
                    list_left(part, now=moment)[0] if dry_run else sweep(part, now=moment, asks=not even_many)
                )
            for file in found:
                click.echo(_line(file))
                count, size = count + 1, size + file.size
        unfinished = 0 if dry_run else current_storage().delete_unfinished(moment - LEFT_FOR)
    click.echo(f"{'Se borrarían' if dry_run else 'Borrados'}: {count} archivos, {size} bytes.")
    if unfinished:
        click.echo(f"A medio escribir, borrados: {unfinished}.")


def _line(file: StoredFile) -> str:
    return f"{file.digest}  {file.size:>12}  {file.kept_at:%Y-%m-%d}"
