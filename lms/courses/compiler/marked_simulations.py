"""A simulation, or a piece of one, that is read among another language: each text says in which it is written."""

from collections.abc import Iterator
from dataclasses import replace

from lms.courses.compiler.course import Choice, Ending, Part, Scene, Simulation
from lms.courses.compiler.stand_ins import in_language, marked_html


def marked_simulation(simulation: Simulation, language: str) -> Simulation:
    """Return the simulation with each of its texts marked with its language, unless it says another."""
    return replace(
        simulation,
        intro=_marked(simulation.intro, language),
        scenes=tuple(each if each.language else marked_scene(each, language) for each in simulation.scenes),
        endings=tuple(
            each if each.language else marked_ending(each, language) for each in simulation.endings
        ),
        closing=_marked(simulation.closing, language),
        terms=tuple(replace(term, language=term.language or language) for term in simulation.terms),
        language=language,
    )


def marked_scene(scene: Scene, language: str) -> Scene:
    """Return the scene with each of its texts marked."""
    choices = tuple(_marked_choice(choice, language) for choice in scene.choices)
    return replace(scene, parts=_marked(scene.parts, language), choices=choices, language=language)


def marked_ending(ending: Ending, language: str) -> Ending:
    """Return the ending with each of its texts marked."""
    return replace(ending, parts=_marked(ending.parts, language), language=language)


def parts_of(simulation: Simulation) -> Iterator[Part]:
    """Give every stretch of its text, choices left out."""
    yield from simulation.intro
    for scene in simulation.scenes:
        yield from scene.parts
    for ending in simulation.endings:
        yield from ending.parts
    yield from simulation.closing


def _marked(parts: tuple[Part, ...], language: str) -> tuple[Part, ...]:
    return tuple(in_language(part, language) for part in parts)


def _marked_choice(choice: Choice, language: str) -> Choice:
    return replace(
        choice,
        html=marked_html(choice.html, language),
        consequence_html=marked_html(choice.consequence_html, language),
        reason_html=marked_html(choice.reason_html, language),
    )
