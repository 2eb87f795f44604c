"""A simulation on paper: numbered scenes for the table, and a sheet with scores for whoever facilitates."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app

from lms.core.i18n import _l
from lms.core.text import Text
from lms.courses.compiler.course import Axis, Choice, Ending, Part, Scene, Simulation
from lms.courses.compiler.parts import html_of
from lms.courses.play import Step, walk

_TERM = re.compile(r'<a class="term"[^>]*>(.*?)</a>')
AXIS_NAMES: Mapping[Axis, Text] = {
    Axis.SAFETY: _l("Seguridad"),
    Axis.CARE: _l("No revictimización"),
    Axis.ROUTE: _l("Ruta"),
    Axis.CONFIDENTIALITY: _l("Confidencialidad"),
}
"""What people call each axis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChoice:
    """A choice as it is printed: what to do, and the number of the scene to turn to."""

    choice: Choice
    letter: str
    turn_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TableScene:
    """A scene or an ending with its number on the table."""

    number: int
    title: str
    language: str
    """In which it is written, when that is not the language of the page."""
    html: str
    choices: tuple[TableChoice, ...]

    @property
    def is_ending(self) -> bool:
        """Say whether the story ends here."""
        return not self.choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabletop:
    """A whole simulation as it is printed."""

    simulation: Simulation
    intro_html: str
    scenes: tuple[TableScene, ...]
    """The first scene first, then the others and the endings in the order of the source."""
    closing_html: str
    best: tuple[Step, ...]
    """The way that cares best."""
    axes: tuple[Axis, ...]
    """Those that anything is judged on."""


def tabletop_of(simulation: Simulation) -> Tabletop:
    """Return a simulation with its scenes numbered from one."""
    first = [scene for scene in simulation.scenes if scene.id == simulation.start]
    others = [scene for scene in simulation.scenes if scene.id != simulation.start]
    nodes: list[Scene | Ending] = [*first, *others, *simulation.endings]
    numbers = {node.id: number for number, node in enumerate(nodes, 1)}
    scored = {axis for scene in simulation.scenes for choice in scene.choices for axis in choice.scores}
    return Tabletop(
        simulation=simulation,
        intro_html=_printed(simulation.intro),
        scenes=tuple(_scene(node, numbers) for node in nodes),
        closing_html=_printed(simulation.closing),
        best=walk(simulation, simulation.bounds.best_path).steps,
        axes=tuple(axis for axis in Axis if axis in scored),
    )


def simulation_tabletop(simulation: Simulation) -> str:
    """Return a simulation as HTML to print, headings from the second level: scenes, then the facilitator's sheet."""
    template = current_app.jinja_env.get_template("courses/_tabletop.html")
    return template.render(table=tabletop_of(simulation), axis_names=AXIS_NAMES)


def _scene(node: Scene | Ending, numbers: Mapping[str, int]) -> TableScene:
    choices = node.choices if isinstance(node, Scene) else ()
    return TableScene(
        number=numbers[node.id],
        title=node.title,
        language=node.language,
        html=_printed(node.parts),
        choices=tuple(
            TableChoice(choice=choice, letter=choice.key.upper(), turn_to=numbers[choice.target])
            for choice in choices
        ),
    )


def _printed(parts: tuple[Part, ...]) -> str:
    """On paper a term is only its words."""
    return _TERM.sub(r"\1", html_of(parts))
