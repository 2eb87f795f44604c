"""``lms course``: check, release and list courses. An author's folder never needs a browser."""

from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask

from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.courses import queries, service
from lms.courses.changes import ChangeClass
from lms.courses.compiler.compile import Compilation
from lms.courses.compiler.diagnostics import Severity, as_github, as_json, as_text
from lms.courses.errors import ClassContradicted, CourseInvalid
from lms.courses.permissions import CoursePermission
from lms.plugins.blocks import Diagnostic

MakeApp = Callable[[], Flask]
FOLDER = click.argument(
    "folder", metavar="CARPETA", type=click.Path(exists=True, file_okay=False, path_type=Path)
)


CLASSES = {
    "errata": ChangeClass.TYPO,
    "typo": ChangeClass.TYPO,
    "contenido": ChangeClass.CONTENT,
    "content": ChangeClass.CONTENT,
    "evaluacion": ChangeClass.ASSESSMENT,
    "assessment": ChangeClass.ASSESSMENT,
}
"""How the command calls each class of change, in Spanish and in English."""


@click.group(name="course", help="Revisar, publicar y listar cursos.")
def course() -> None:
    """Hold the commands about courses."""


@course.command(
    help="Revisar una carpeta: sale con 0 si se puede publicar, 1 si tiene errores, 2 si no existe."
)
@FOLDER
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="Cómo se muestra lo que falta.",
)
@click.pass_obj
def check(make_app: MakeApp, folder: Path, form: str) -> None:
    """Print every problem of a course folder with its file and line."""
    with make_app().app_context():
        compilation = service.check(folder)
    click.echo(_shown(compilation, folder, form), nl=False)
    if compilation.course is None:
        raise SystemExit(1)


@course.command(help="Publicar una carpeta como versión nueva; el mismo contenido no se publica dos veces.")
@FOLDER
@click.option(
    "--class",
    "--clase",
    "change_class",
    type=click.Choice([*CLASSES]),
    help="Qué cambia: errata, contenido o evaluación. Sin ella se toma la que muestran los archivos.",
)
@click.option("--notes", "--notas", default="", help="Qué cambió, para quienes estudian el curso.")
@click.pass_obj
def release(make_app: MakeApp, folder: Path, change_class: str | None, notes: str) -> None:
    """Release a course folder."""
    declared = service.Declaration(change_class=CLASSES.get(change_class or ""), notes=notes.strip())
    with make_app().app_context(), unit_of_work():
        try:
            made = service.release(folder, actor=SYSTEM, now=now(), declared=declared)
        except CourseInvalid as refusal:
            click.echo(as_text(refusal.diagnostics), nl=False)
            raise SystemExit(1) from None
        except ClassContradicted as refusal:
            click.echo(str(refusal))
            raise SystemExit(1) from None
        click.echo(f"«{made.title}»: versión {made.number}, huella {made.content_hash[:12]}.")


@course.command(name="list", help="Listar los cursos con su última versión.")
@click.pass_obj
def list_courses(make_app: MakeApp) -> None:
    """Print a line per course."""
    with make_app().app_context(), unit_of_work(read_only=True):
        statement = queries.rows_visible_to(SYSTEM, CoursePermission.READ_RELEASES)
        rows = [queries.course_row(row[0], row[1]) for row in db.session.execute(statement)]
    for row in rows:
        state = "retirada" if row.withdrawn_at else "se ofrece"
        click.echo(f"{row.slug}: {row.title}, versión {row.number} ({state})")
    if not rows:
        click.echo("Aún no hay cursos publicados.")


def _shown(compilation: Compilation, folder: Path, form: str) -> str:
    found = compilation.diagnostics
    if form == "json":
        return as_json(found)
    if form == "github":
        return as_github(found, f"{folder.as_posix()}/")
    return f"{as_text(found)}{_summary(found)}\n"


def _summary(found: tuple[Diagnostic, ...]) -> str:
    errors = sum(each.severity is Severity.ERROR for each in found)
    return f"{errors} errores, {len(found) - errors} avisos."
