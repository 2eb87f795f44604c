"""A moment of a simulation as a page shows it: the text of a scene or an ending, for one reader."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lms.courses.compiler.course import (
    Choice,
    GlossaryEntry,
    HtmlPart,
    LivePart,
    Part,
    PlacePart,
    SectorPart,
    Simulation,
)
from lms.courses.compiler.parts import html_of
from lms.courses.play import Play, Step
from lms.courses.rules import Shown, show_parts
from lms.courses.serving import live_html_of
from lms.plugins.blocks import Reader

_UP = 'href="../'


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPassage:
    """Some text of a simulation, with the words it links to."""

    parts: tuple[Shown, ...]
    terms: tuple[GlossaryEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Where a story stands, for a template."""

    number: int
    """How many decisions led here, and one more."""
    title: str
    language: str
    """In which it is written, when that is not the language of the page."""
    text: ShownPassage
    choices: tuple[Choice, ...]
    """None at an ending; their scores are for whoever teaches, not for the page that is played."""
    last: Step | None
    """What was decided just before, whose consequence is read first."""
    is_over: bool


def show_moment(simulation: Simulation, play: Play, reader: Reader, *, base: str) -> Moment:
    """Return where a story stands; links to other pages of the course start at `base`, its module's parent."""
    at = play.scene or play.ending
    return Moment(
        number=len(play.steps) + 1,
        title=at.title if at else "",
        language=at.language if at else "",
        text=show_passage(simulation, at.parts if at else (), reader, base=base),
        choices=play.scene.choices if play.scene else (),
        last=_step_at(play.last, base) if play.last else None,
        is_over=play.is_over,
    )


def show_passage(
    simulation: Simulation, parts: tuple[Part, ...], reader: Reader, *, base: str
) -> ShownPassage:
    """Return a stretch of the simulation's text as a reader sees it."""
    here = tuple(_part_at(part, base) for part in parts)
    told = html_of(here)
    return ShownPassage(
        parts=show_parts(here, reader=reader, live=live_html_of(here, reader)),
        terms=tuple(term for term in simulation.terms if f'href="#g-{term.slug}"' in told),
    )


def steps_at(steps: Iterable[Step], base: str) -> list[Step]:
    """Return the steps with their links starting at `base`."""
    return [_step_at(step, base) for step in steps]


def _step_at(step: Step, base: str) -> Step:
    choice = replace(
        step.choice,
        html=_at(step.choice.html, base),
        consequence_html=_at(step.choice.consequence_html, base),
        reason_html=_at(step.choice.reason_html, base),
    )
    return replace(step, choice=choice)


def _part_at(part: Part, base: str) -> Part:
    match part:
        case HtmlPart() | LivePart():
            return replace(part, html=_at(part.html, base))
        case SectorPart():
            return replace(
                part,
                branches=tuple(
                    replace(branch, parts=tuple(_part_at(each, base) for each in branch.parts))  # type: ignore[misc]  # a flat part stays flat
                    for branch in part.branches
                ),
            )
        case PlacePart():
            return replace(
                part,
                branches=tuple(
                    replace(branch, parts=tuple(_part_at(each, base) for each in branch.parts))  # type: ignore[misc]  # a flat part stays flat
                    for branch in part.branches
                ),
            )
        case _:
            return part


def _at(html: str, base: str) -> str:
    """Links between pages are relative to the page they were written on; a scene is read elsewhere."""
    return html.replace(_UP, f'href="{base}/')
