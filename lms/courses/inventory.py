"""``lms course count``: print what each course holds."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click
from flask import Flask

from lms.courses import service
from lms.courses.compiler.compile import Compilation
from lms.courses.compiler.course import Question
from lms.courses.compiler.targets import find_targets
from lms.courses.counting import Inventory, is_longest_right, is_shortest_right, take_inventory

_FEATURES: tuple[tuple[str, Callable[[Question], str]], ...] = (
    ("nivel", lambda each: each.level or "sin nivel"),
    ("sector", lambda each: each.sector or "todos"),
    ("país", lambda each: each.country or "general"),
    ("tipo", lambda each: each.type),
)


@click.command(
    name="count",
    help=(
        "Contar lo que tiene cada curso: lecciones y palabras, ramas, simulaciones, preguntas, glosario y dibujos. "
        "Sale con 1 si algún curso no se puede leer."
    ),
)
@click.argument(
    "paths", metavar="RUTA...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@click.pass_obj
def count_course(make_app: Callable[[], Flask], paths: tuple[Path, ...]) -> None:
    """Print the figures of every course at the paths, and the questions of all of them together."""
    with make_app().app_context():
        made = [service.check(target.folder) for path in paths for target in find_targets(path)]
    found = [take_inventory(each.attempt) for each in made if each.attempt is not None]
    for compilation, inventory in zip(
        (each for each in made if each.attempt is not None), found, strict=True
    ):
        click.echo("\n".join(_lines(inventory, _held(compilation))))
    ids = {question.id for inventory in found for question in inventory.questions}
    click.echo(f"En total: {len(found)} cursos y {len(ids)} preguntas distintas.")
    if len(found) != len(made):
        raise SystemExit(1)


def _held(compilation: Compilation) -> int:
    """Return how many questions wait for a signature and reach nobody yet."""
    if compilation.attempt is None or compilation.course is None:
        return 0
    whole, shown = take_inventory(compilation.attempt), take_inventory(compilation.course)
    return len(whole.questions) - len(shown.questions)


def _lines(inventory: Inventory, held: int) -> Iterator[str]:
    words = inventory.words
    yield inventory.title
    if words:
        span = f"de {words[0]} a {words[-1]}, la mediana {words[len(words) // 2]}"
        yield f"  {inventory.modules} módulos, {len(words)} lecciones, {sum(words)} palabras ({span})"
    yield f"  {inventory.forks} bifurcaciones por sector; incompletas: {_list(inventory.partial_forks)}"
    yield f"  lecciones sin comprobación: {_list(inventory.without_check)}"
    for title, scenes, endings, best in inventory.simulations:
        yield f"  simulación «{title}»: {scenes} escenas, {endings} finales, el mejor camino suma {best}"
    yield from _on_questions(inventory, held)
    yield f"  {inventory.terms} términos, {inventory.sources} fuentes, {inventory.drawings} dibujos"


def _on_questions(inventory: Inventory, held: int) -> Iterator[str]:
    scored = f"{inventory.scored} calificadas" if inventory.scored else "ninguna calificada"
    yield f"  {len(inventory.questions)} preguntas, {scored}, {held} a la espera de firma"
    for name, feature in _FEATURES:
        values = ", ".join(f"{value} {count}" for value, count in sorted(inventory.by(feature).items()))
        yield f"    por {name}: {values or 'ninguna'}"
    singles = [each for each in inventory.questions if each.type == "single"]
    if singles:
        longest = sum(map(is_longest_right, singles)) / len(singles)
        shortest = sum(map(is_shortest_right, singles)) / len(singles)
        yield f"    la correcta es la más larga en {longest:.0%} y la más corta en {shortest:.0%} de {len(singles)}"


def _list(titles: tuple[str, ...]) -> str:
    return ", ".join(f"«{title}»" for title in titles) or "ninguna"
