"""``lms territories``: bring the catalogue of territories in from a file, looking first."""

from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask

from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import unit_of_work
from lms.core.workbooks import read_table
from lms.institutions.intake.rules import Outcome, tally
from lms.institutions.intake.service import save_territories
from lms.institutions.intake.territories import plan_territories

MakeApp = Callable[[], Flask]
WORDS = {
    Outcome.ADD: "se agregan",
    Outcome.CHANGE: "cambian",
    Outcome.KNOWN: "ya estaban",
    Outcome.ERROR: "con error",
}


@click.group(name="territories", help="Cargar el catálogo de territorios.")
def territories() -> None:
    """Hold the commands about territories."""


@territories.command(
    name="import",
    help="Decir qué haría el archivo; con --apply, además guardarlo. Sale con 1 si hay errores.",
)
@click.argument("path", metavar="ARCHIVO", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "is_real", is_flag=True, help="Guardar las filas que no tienen errores.")
@click.pass_obj
def import_file(make_app: MakeApp, path: Path, *, is_real: bool) -> None:
    """Judge the rows of a file, and write the sound ones when asked."""
    with make_app().app_context(), unit_of_work(read_only=not is_real):
        plans = plan_territories(read_table(path.read_bytes()))
        verdicts = [plan.verdict for plan in plans]
        if is_real:
            save_territories(plans, actor=SYSTEM, now=now())
    wrong = [each for each in verdicts if each.outcome is Outcome.ERROR]
    for each in wrong:
        click.echo(f"{each.row.line}. {each.label}: {each.detail}")
    counts = tally(verdicts)
    end = "Guardado." if is_real else "Nada se guardó: repita con --apply."
    click.echo(f"{', '.join(f'{counts[each]} {word}' for each, word in WORDS.items())}. {end}")
    if wrong:
        raise SystemExit(1)
