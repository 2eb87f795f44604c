"""``lms certificate``: try a design before anything is issued with it. No database and no browser needed."""

from pathlib import Path

import click

from lms.certificates.designs.folder import Design, DesignRefused, load_design
from lms.certificates.designs.render import render_certificate
from lms.certificates.designs.sample import SAMPLE
from lms.core.clock import now
from lms.core.pdf_assets import PdfError

FOLDER = click.argument(
    "folder", metavar="CARPETA", type=click.Path(exists=True, file_okay=False, path_type=Path)
)


@click.group(name="certificate", help="Revisar y probar diseños de constancias.")
def certificate() -> None:
    """Hold the commands about certificates."""


@certificate.command(
    name="check-design",
    help="Revisar un diseño: sale con 0 si sirve para emitir, 1 si tiene faltas, 2 si la carpeta no existe.",
)
@FOLDER
def check_design(folder: Path) -> None:
    """Check a design folder, and print a sample with it."""
    design = _design(folder)
    _sample(design)
    click.echo(f"El diseño «{design.metadata.title}», versión {design.metadata.version}, sirve para emitir.")
    click.echo(f"Huella: {design.digest}")


@certificate.command(help="Escribir una constancia inventada con un diseño, para verla antes de usarlo.")
@FOLDER
@click.option(
    "--out",
    metavar="ARCHIVO",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Dónde se guarda el PDF.",
)
def preview(folder: Path, out: Path) -> None:
    """Write the PDF of an invented certificate."""
    content = _sample(_design(folder))
    try:
        out.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"No se puede escribir en {out}: {error.strerror}.") from error
    click.echo(f"{out}: {len(content):,} bytes.")


def _design(folder: Path) -> Design:
    """Return a design, or leave with 1 and a line for each thing to mend."""
    try:
        return load_design(folder.resolve())
    except DesignRefused as refusal:
        for problem in refusal.problems:
            click.echo(problem, err=True)
        raise SystemExit(1) from refusal


def _sample(design: Design) -> bytes:
    try:
        return render_certificate(design, SAMPLE, made_at=now())
    except PdfError as error:
        raise click.ClickException(str(error)) from error
