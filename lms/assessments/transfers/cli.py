"""``lms questions import|export``: an author's own machine, without a browser account."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import click
from flask import Flask

from lms.assessments.exchange.asked import Loss
from lms.assessments.exchange.formats import Format, guessed, read, write
from lms.assessments.transfers import rules
from lms.authoring.texts import read_text
from lms.courses import service
from lms.courses.compiler.course import Course, Question, Quiz
from lms.courses.compiler.diagnostics import as_text
from lms.courses.compiler.slugs import SLUG

MakeApp = Callable[[], Flask]
_FORMATS = click.Choice([form.value for form in Format])
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help="Preguntas que vienen de otros sistemas o van a ellos.")
def questions() -> None:
    """Hold the commands about questions."""


@questions.command(
    name="import", help="Agregar las preguntas de un archivo a un banco de la carpeta de un curso."
)
@click.argument("file", metavar="ARCHIVO", type=_FILE)
@click.argument("folder", metavar="CARPETA", type=_FOLDER)
@click.option("--bank", "--banco", "bank", default="traidas", show_default=True, help="Nombre del banco.")
@click.option("--format", "--formato", "form", type=_FORMATS, help="Si falta, se reconoce solo.")
@click.option(
    "--dry-run", "--probar", "is_dry", is_flag=True, help="Decir qué entra y qué no, sin escribir nada."
)
@click.pass_obj
def bring(
    make_app: MakeApp, /, file: Path, folder: Path, bank: str, form: str | None, *, is_dry: bool
) -> None:
    """Add the questions of a file to a bank, and say everything that does not come in."""
    if not SLUG.fullmatch(bank):
        raise click.ClickException("El nombre de un banco lleva minúsculas sin tilde, cifras y guiones.")
    content = file.read_bytes()
    with make_app().app_context():
        reading = read(content, Format(form) if form else guessed(content, file.name))
        _tell(reading.losses)
    texts = {
        path.relative_to(folder).as_posix(): read_text(path.read_bytes()) or ""
        for path in folder.rglob("*.md")
    }
    items = rules.renamed(reading.items, rules.known_questions(texts).ids)
    made = rules.written(items, f"{rules.FOLDER}{bank}.md", texts)
    if not is_dry:
        _keep(folder, {path: text.encode() for path, text in made.items()})
        _keep(folder / "imagenes", reading.pictures)
    click.echo(f"{len(items)} preguntas: {', '.join(made) or 'ningún archivo cambia'}.")


@questions.command(
    name="export", help="Escribir en otro formato las preguntas de los cuestionarios de un curso."
)
@click.argument("folder", metavar="CARPETA", type=_FOLDER)
@click.option(
    "--format",
    "--formato",
    "form",
    type=_FORMATS,
    default=Format.GIFT.value,
    show_default=True,
    help="Qué se escribe.",
)
@click.option("--output", "-o", "output", type=click.Path(path_type=Path), help="Archivo de salida.")
@click.pass_obj
def take(make_app: MakeApp, /, folder: Path, form: str, output: Path | None) -> None:
    """Write the questions of a course with their keys, and say everything that the format cannot hold."""
    with make_app().app_context():
        compilation = service.check(folder)
        if compilation.course is None:
            click.echo(as_text(compilation.diagnostics), nl=False)
            raise SystemExit(1)
        assets = {asset.sha256: asset.content for asset in compilation.course.assets}
        writing = write(
            _questions(compilation.course),
            Format(form),
            lambda address: next((assets[part] for part in address.split("/") if part in assets), None),
        )
        _tell(writing.losses)
    place = output or Path(f"{compilation.course.slug}.{writing.ending}")
    place.write_bytes(writing.content)
    click.echo(f"{place}: {len(writing.content) // 1000} kB.")


def _questions(course: Course) -> list[Question]:
    units = (unit for module in course.modules for unit in module.units if isinstance(unit, Quiz))
    return list({question.id: question for unit in units for question in unit.questions}.values())


def _tell(losses: Iterable[Loss]) -> None:
    for loss in losses:
        place = ":".join(filter(None, (str(loss.line or ""), loss.id)))
        click.echo(f"{place or '-'}: {loss.why}{f' «{loss.what}»' if loss.what else ''}", err=True)


def _keep(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
