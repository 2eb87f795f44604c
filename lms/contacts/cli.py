"""``lms contacts``: bring the directory of contacts in from its file, looking first."""

from collections.abc import Callable, Sequence
from pathlib import Path

import click
from flask import Flask

from lms.contacts.loading import Row, Verdict, bring_in, judge
from lms.core.actors import SYSTEM
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.db import unit_of_work

MakeApp = Callable[[], Flask]
WORDS = {
    Verdict.ADD: "se agrega",
    Verdict.CHANGE: "cambia",
    Verdict.SAME: "igual",
    Verdict.ERROR: "error",
}


@click.group(name="contacts", help="Cargar el directorio de contactos.")
def contacts() -> None:
    """Hold the commands about contacts."""


@contacts.command(
    name="import",
    help="Decir qué haría el archivo con cada contacto; con --apply, además guardarlo. Sale con 1 si hay errores.",
)
@click.argument("path", metavar="ARCHIVO", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "is_real", is_flag=True, help="Guardar las filas que no tienen errores.")
@click.pass_obj
def import_file(make_app: MakeApp, path: Path, *, is_real: bool) -> None:
    """Judge the rows of a file, and write the sound ones when asked."""
    with make_app().app_context(), unit_of_work(read_only=not is_real):
        rows = judge(path.read_bytes(), today=today())
        if is_real:
            bring_in(rows, today=today(), actor=SYSTEM, now=now())
    for row in rows:
        click.echo(_line(row))
    click.echo(_summary(rows, is_real=is_real))
    if any(row.verdict is Verdict.ERROR for row in rows):
        raise SystemExit(1)


def _line(row: Row) -> str:
    words = f" ({row.words})" if row.words else ""
    held = f"; nadie lo verá hasta que alguien firme: {row.held}" if row.held else ""
    return f"{row.number}. {row.key or '(sin clave)'}: {WORDS[row.verdict]}{words}{held}"


def _summary(rows: Sequence[Row], *, is_real: bool) -> str:
    counts = ", ".join(f"{sum(row.verdict is each for row in rows)} {WORDS[each]}" for each in Verdict)
    end = "Guardado." if is_real else "Nada se guardó: repita con --apply."
    held = sum(bool(row.held) for row in rows)
    waiting = f" En espera de una firma en /contacts/manage: {held}." if held else ""
    return f"{counts}.{waiting} {end}"
