"""``lms course format``: write the pages of a course in one form."""

from pathlib import Path

import click

from lms.courses.compiler.formatting import format_page

_PAGES = "*.md"


@click.command(
    name="format",
    help=(
        "Escribir las páginas de una carpeta, o una sola, en la forma de la casa, sin cambiar lo que dicen. Con "
        "--check solo se dice cuáles cambiarían: sale con 1 si hay alguna, y con 2 si la ruta no se puede leer."
    ),
)
@click.argument("path", metavar="RUTA", type=click.Path(exists=True, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="No escribir nada.")
def format_course(path: Path, *, only_check: bool) -> None:
    """Write the pages at a place in one form, and print which ones changed."""
    pages = [path] if path.is_file() else sorted(found for found in path.rglob(_PAGES) if _is_own(found))
    changed = [page for page in pages if _rewrite(page, only_check=only_check)]
    for page in changed:
        click.echo(f"{page.as_posix()}: {'cambiaría' if only_check else 'escrita de nuevo'}")
    click.echo(
        f"{len(pages)} páginas, {len(changed)} {'por escribir' if only_check else 'escritas de nuevo'}."
    )
    if changed and only_check:
        raise SystemExit(1)


def _is_own(page: Path) -> bool:
    return page.is_file() and not page.is_symlink()


def _rewrite(page: Path, *, only_check: bool) -> bool:
    """Return whether a page changes, and write it unless it is only to be checked."""
    try:
        before = page.read_bytes()
        after = format_page(before.decode("utf-8")).encode()
        if after != before and not only_check:
            page.write_bytes(after)
    except UnicodeDecodeError:
        click.echo(f"{page.as_posix()}: no está en UTF-8 y se deja como está.", err=True)
        return False
    except OSError as problem:
        click.echo(f"{page.as_posix()}: no se puede leer o escribir ({problem.strerror}).", err=True)
        raise SystemExit(2) from None
    return after != before
