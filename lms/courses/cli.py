"""``lms course``: check, release and list courses. An author's folder never needs a browser."""

from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask

from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db, unit_of_work
from lms.courses import keeping, queries, service
from lms.courses.changes import ChangeClass
from lms.courses.compiler.diagnostics import Severity, as_github, as_json, as_text, summary
from lms.courses.compiler.explanations import table as explanations
from lms.courses.compiler.targets import Target, find_all_targets
from lms.courses.errors import ClassContradicted, CourseInvalid, NamesLost
from lms.courses.inventory import count_course
from lms.courses.permissions import CoursePermission
from lms.courses.rewriting import format_course
from lms.courses.translating import translate
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
    help=(
        "Revisar cursos, carpetas de cursos o archivos sueltos. Sale con 0 si se puede publicar, con 1 si hay "
        "errores y con 2 si una ruta no se puede leer."
    )
)
@click.argument("paths", metavar="RUTA...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="Cómo se muestra lo que falta.",
)
@click.option("--strict", "--estricto", is_flag=True, help="Salir con 1 también cuando solo hay avisos.")
@click.option(
    "--since-release",
    "--desde-version",
    is_flag=True,
    help="Avisar también de las páginas y preguntas que la última versión publicada tenía y ya no están.",
)
@click.pass_obj
def check(
    make_app: MakeApp, paths: tuple[Path, ...], form: str, *, strict: bool, since_release: bool
) -> None:
    """Print every problem of what is in some places, with its file and line."""
    try:
        targets = find_all_targets(paths)
    except LookupError as refusal:
        click.echo(str(refusal), err=True)
        raise SystemExit(2) from None
    with make_app().app_context():
        found = [item for target in targets for item in _problems(target, since_release=since_release)]
    click.echo(_shown(found, targets, form), nl=False)
    if any(each.severity is Severity.ERROR or strict for each in found):
        raise SystemExit(1)


@course.command(
    help="Explicar un código del revisor, como R502, con un ejemplo que lo incumple y otro que no."
)
@click.argument("code", metavar="CÓDIGO")
def explain(code: str) -> None:
    """Print the page of a code."""
    try:
        click.echo(explanations.as_text(explanations.find_explanation(code)), nl=False)
    except LookupError as refusal:
        click.echo(str(refusal), err=True)
        raise SystemExit(2) from None


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
@click.option(
    "--drop",
    "--quita",
    "drops",
    multiple=True,
    metavar="NOMBRE",
    help="Página (módulo/página) o pregunta de la última versión que se quita a propósito; se puede repetir.",
)
@click.pass_obj
def release(
    make_app: MakeApp, folder: Path, change_class: str | None, notes: str, drops: tuple[str, ...]
) -> None:
    """Release a course folder."""
    declared = service.Declaration(
        change_class=CLASSES.get(change_class or ""), notes=notes.strip(), drops=frozenset(drops)
    )
    with make_app().app_context(), unit_of_work():
        try:
            made = service.release(folder, actor=SYSTEM, now=now(), declared=declared)
        except CourseInvalid as refusal:
            click.echo(as_text(refusal.diagnostics), nl=False)
            raise SystemExit(1) from None
        except (ClassContradicted, NamesLost) as refusal:
            click.echo(str(refusal))
            raise SystemExit(1) from None
        click.echo(f"«{made.title}»: versión {made.number}, huella {made.content_hash[:12]}.")


course.add_command(translate)
course.add_command(count_course)
course.add_command(format_course)


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


def _problems(target: Target, *, since_release: bool) -> list[Diagnostic]:
    compilation = service.check(target.folder)
    found = list(compilation.diagnostics)
    if since_release and compilation.course is not None:
        with unit_of_work(read_only=True):
            found += keeping.missed_since_release(compilation.course)
    return target.shown(found)


def _shown(found: list[Diagnostic], targets: list[Target], form: str) -> str:
    if form == "json":
        return as_json(found)
    if form == "github":
        root = targets[0].root.as_posix()
        return as_github(found, "" if root == "." else f"{root}/")
    courses = f"{len(targets)} cursos: " if len(targets) > 1 else ""
    return f"{as_text(found)}{courses}{summary(found)}\n"
