"""``lms reports``: verify the kept figures against the facts, or count everything again."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask

from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import unit_of_work
from lms.core.long_tables import WRITERS
from lms.institutions.programmes.models import Programme
from lms.reports.tallies import exporting, queries, service

MakeApp = Callable[[], Flask]


@click.group(name="reports", help="Comprobar y volver a contar las cifras de los informes.")
def reports() -> None:
    """Hold the commands about figures."""


@reports.command(help="Contar todo desde los hechos y compararlo con las cifras: sale con 0 si nada difiere.")
@click.pass_obj
def verify(make_app: MakeApp) -> None:
    """Say of each programme whether its figures agree with its facts."""
    with make_app().app_context(), unit_of_work(read_only=True):
        wrong = sum(_verify(programme) for programme in service.list_all())
    sys.exit(1 if wrong else 0)


def _verify(programme: Programme) -> int:
    if not queries.is_counted(programme.id):
        click.echo(f"{programme.code}: todavía no se cuenta; use «lms reports recount».")
        return 0
    found = service.verify(programme, now=now())
    click.echo(f"{programme.code}: {len(found)} diferencias.")
    for (table, key), amounts in sorted(found.items())[:20]:
        where = f"{key.basis} {key.period} {key.month} {key.institution_id} {key.sector}"
        click.echo(f"  {table} {where}: {amounts}")
    return len(found)


@reports.command(help="Contar otra vez a todas las personas de todos los programas.")
@click.pass_obj
def recount(make_app: MakeApp) -> None:
    """Count everybody anew; figures that differed are told in the audit trail."""
    with make_app().app_context(), unit_of_work():
        for programme in service.list_all():
            if queries.is_counted(programme.id):
                click.echo(
                    f"{programme.code}: {service.mend(programme, actor=SYSTEM, now=now())} diferencias."
                )
            else:
                service.build(programme, now=now())
                click.echo(f"{programme.code}: contado.")


@reports.command(help="Escribir la lista de inscripciones de un programa en un archivo CSV o XLSX.")
@click.argument("code")
@click.argument("path", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.pass_obj
def export(make_app: MakeApp, code: str, path: Path) -> None:
    """Write the list; the file names people, so it is the administrator of the server who asks for it."""
    if path.suffix.removeprefix(".") not in WRITERS:
        raise click.BadParameter(path.name, param_hint="PATH")
    with make_app().app_context(), unit_of_work():
        programme = next((each for each in service.list_all() if each.code == code.upper()), None)
        if programme is None:
            raise click.BadParameter(code, param_hint="CODE")
        rows = exporting.export(programme, path, actor=SYSTEM, now=now())
    click.echo(f"{path}: {rows} filas.")
