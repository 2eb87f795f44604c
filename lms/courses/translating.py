"""``lms course translate``: begin the files of a translation, and say which pages were reviewed."""

from pathlib import Path

import click

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.languages import LANGUAGES
from lms.courses.compiler.source import read_tree
from lms.courses.compiler.translation_files import Rewritten, plan_files
from lms.plugins.blocks import by_name


@click.command(
    help=(
        "Preparar las páginas que faltan de una traducción. Nunca toca un texto: con --revisada, una página "
        "dice que traduce lo que la original dice hoy."
    )
)
@click.argument("folder", metavar="CARPETA", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("language", metavar="IDIOMA")
@click.option(
    "--revisada",
    "--reviewed",
    "reviewed",
    multiple=True,
    metavar="PÁGINA",
    help="Página original ya revisada, como 01-marco/01-tema.md. Se puede repetir.",
)
def translate(folder: Path, language: str, reviewed: tuple[str, ...]) -> None:
    """Write the files that are missing and the hashes of what was reviewed."""
    if language not in LANGUAGES:
        near = did_you_mean(language, LANGUAGES)
        click.echo(f"El idioma «{language}» no se conoce: use {', '.join(LANGUAGES)}.{near}")
        raise SystemExit(2)
    tree = read_tree(folder, Findings())
    found = plan_files(tree, language, by_name(BUILT_IN_BLOCKS), reviewed=reviewed)
    for each in found:
        if isinstance(each, Rewritten):
            place = folder / each.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(each.text, encoding="utf-8", newline="\n")
            click.echo(f"{each.path}: {'borrador nuevo' if each.is_new else 'revisada'}")
        else:
            click.echo(f"{each.path}: {each.reason}")
    if not found:
        click.echo("No falta ninguna página.")
