"""``lms course new|preview|export|import``: an author's own machine, without a browser account."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click
from flask import Flask
from werkzeug.serving import run_simple

from lms.authoring.exchange import service as exchange
from lms.authoring.exchange.archives import read_archive
from lms.authoring.exchange.booklet import export_booklet
from lms.authoring.exchange.cmi5 import export_cmi5
from lms.authoring.exchange.errors import ArchiveRefused
from lms.authoring.exchange.live import LivePreview
from lms.authoring.exchange.scorm import export_scorm
from lms.authoring.exchange.site import export_site
from lms.authoring.exchange.zips import write_zip
from lms.core.actors import SYSTEM
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.db import unit_of_work
from lms.core.i18n import speaking
from lms.courses import service
from lms.courses.cli import course
from lms.courses.compiler.course import Course
from lms.courses.compiler.diagnostics import Findings, as_text
from lms.courses.compiler.slugs import SLUG, slugify
from lms.courses.compiler.source import read_tree
from lms.courses.starter import new_course
from lms.web.links import absolute_url

MakeApp = Callable[[], Flask]
SITE, BOOKLET, SCORM, CMI5, ZIP = "sitio", "folleto", "scorm", "cmi5", "zip"
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@course.command(help="Crear la carpeta de un curso que ya pasa la revisión.")
@click.argument("folder", metavar="CARPETA", type=click.Path(path_type=Path))
@click.option(
    "--title", "--titulo", default="", help="Título del curso; si falta, sale del nombre de la carpeta."
)
@click.pass_obj
def new(make_app: MakeApp, folder: Path, title: str) -> None:
    """Write the first files of a course; a folder with files in it is left alone."""
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"La carpeta {folder} ya tiene archivos: elija otra.")
    if not SLUG.fullmatch(folder.name):
        raise click.ClickException(
            f"Llame a la carpeta «{slugify(folder.name) or 'mi-curso'}»: será su dirección."
        )
    with make_app().app_context():
        day = today()
    _write(folder, new_course(title or folder.name.replace("-", " ").capitalize(), today=day))
    click.echo(f"Curso creado en {folder}. Véalo con: lms course preview {folder}")


@course.command(help="Ver una carpeta en el navegador; la página se renueva con cada cambio.")
@click.argument("folder", metavar="CARPETA", type=_FOLDER)
@click.option("--port", "--puerto", default=8010, show_default=True, help="Puerto de este equipo.")
@click.pass_obj
def preview(make_app: MakeApp, folder: Path, port: int) -> None:
    """Serve a course folder to its author."""
    click.echo(f"Vista previa en http://127.0.0.1:{port} (Ctrl+C para terminar)")
    run_simple("127.0.0.1", port, LivePreview(make_app(), folder))


@course.command(help="Llevar un curso a otra parte: zip, sitio para memoria USB, folleto, SCORM 1.2 o cmi5.")
@click.argument("folder", metavar="CARPETA", type=_FOLDER)
@click.option(
    "--format", "--formato", "form", type=click.Choice([ZIP, SITE, BOOKLET, SCORM, CMI5]), default=ZIP,
    show_default=True, help="Qué se escribe.",
)  # fmt: skip
@click.option(
    "--output", "-o", "output", type=click.Path(path_type=Path), help="Archivo o carpeta de salida."
)
@click.option(
    "--with-keys", "--con-claves", "has_keys", is_flag=True,
    help="Solo SCORM y cmi5: los cuestionarios se califican en el navegador y sus claves viajan.",
)  # fmt: skip
@click.option(
    "--with-numbers", "--con-telefonos", "has_numbers", is_flag=True,
    help="Sitio, SCORM y cmi5: llevar los teléfonos del directorio de esta instalación, con la fecha de hoy.",
)  # fmt: skip
@click.pass_obj
def export(make_app: MakeApp, /, folder: Path, form: str, output: Path | None, **flags: bool) -> None:
    """Write a course in another form."""
    name = folder.resolve().name
    if form == ZIP:
        found = read_tree(folder, Findings())
        _keep(output or Path(f"{name}.zip"), write_zip(name, {p: f.content for p, f in found.files.items()}))
        return
    with make_app().app_context():
        compilation = service.check(folder)
        if compilation.course is None:
            click.echo(as_text(compilation.diagnostics), nl=False)
            raise SystemExit(1)
        with speaking(compilation.course.language), _directory(is_asked=flags["has_numbers"]) as day:
            _export(compilation.course, form, output, has_keys=flags["has_keys"], day=day)


@course.command(name="import", help="Abrir un zip o un paquete de git en una carpeta nueva.")
@click.argument("archive", metavar="ARCHIVO", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", metavar="CARPETA", type=click.Path(path_type=Path))
def unpack(archive: Path, folder: Path) -> None:
    """Unpack a course into a folder that is empty or does not exist."""
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"La carpeta {folder} ya tiene archivos: elija otra.")
    try:
        _name, files = read_archive(archive.read_bytes())
    except ArchiveRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    _write(folder, files)
    click.echo(f"{len(files)} archivos en {folder}.")


@course.command(
    name="draft", help="Abrir un borrador en la plataforma con una carpeta, un zip o un paquete de git."
)
@click.argument("source", metavar="CARPETA_O_ARCHIVO", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--slug", "--direccion", default="", help="Dirección del curso; si falta, el nombre de la carpeta."
)
@click.pass_obj
def bring(make_app: MakeApp, source: Path, slug: str) -> None:
    """Open a draft that trainers find among theirs."""
    if source.is_dir():
        found = read_tree(source, Findings())
        name = source.resolve().name
        content = write_zip(name, {path: file.content for path, file in found.files.items()})
    else:
        content = source.read_bytes()
    with make_app().app_context(), unit_of_work():
        brought = exchange.bring_draft(content, slug=slug, name=source.name, actor=SYSTEM, now=now())
        draft = brought.draft
        click.echo(
            f"Borrador de «{draft.title}» abierto en {absolute_url('authoring.draft_page', draft_id=draft.id)}"
        )
        if brought.foreign:
            click.echo(exchange.foreign_sentence(brought.foreign))


@contextmanager
def _directory(*, is_asked: bool) -> Iterator[date | None]:
    """Give the day as of which the directory answers, or nothing: an author's own machine may have no database."""
    if not is_asked:
        yield None
        return
    with unit_of_work(read_only=True):
        yield today()


def _export(content: Course, form: str, output: Path | None, *, has_keys: bool, day: date | None) -> None:
    if form == SITE:
        place = output or Path(f"{content.slug}-sitio")
        _write(place, export_site(content, day=day))
        click.echo(f"Abra {place / 'index.html'}")
    elif form == BOOKLET:
        _keep(output or Path(f"{content.slug}.pdf"), export_booklet(content))
    else:
        write = export_scorm if form == SCORM else export_cmi5
        files = write(content, has_keys=has_keys, day=day)
        _keep(output or Path(f"{content.slug}-{form}.zip"), write_zip("", files))


def _keep(place: Path, content: bytes) -> None:
    place.write_bytes(content)
    click.echo(f"{place}: {len(content) // 1000} kB.")


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
