"""The minutes announced are about what one way through a simulation takes."""

import re
from html import unescape

from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Choice, Simulation
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.parts import words_read

WORDS_PER_MINUTE = 180
MINUTES_PER_DECISION = 0.5
_TOLERANCE = 2
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")


def minutes_of(simulation: Simulation) -> float:
    """Return the minutes that reading and deciding take on the best path, at least one."""
    scenes = {scene.id: scene for scene in simulation.scenes}
    words = words_read(simulation.intro) + words_read(simulation.closing)
    at = simulation.start
    for key in simulation.bounds.best_path:
        scene = scenes[at]
        made = next(choice for choice in scene.choices if choice.key == key)
        words += words_read(scene.parts) + sum(_words(choice.html) for choice in scene.choices)
        words += _told(made)
        at = made.target
    words += sum(words_read(ending.parts) for ending in simulation.endings if ending.id == at)
    decisions = len(simulation.bounds.best_path)
    return max(words / WORDS_PER_MINUTE + MINUTES_PER_DECISION * decisions, 1)


def check_minutes(simulation: Simulation, path: str, line: int, findings: Findings) -> None:
    """A simulation takes neither half nor twice the minutes it announces; without an ending nothing is judged."""
    if not simulation.bounds.best_path:
        return
    minutes = minutes_of(simulation)
    if minutes / _TOLERANCE <= simulation.minutes <= minutes * _TOLERANCE:
        return
    message = f"Dice {simulation.minutes} minutos y un recorrido toma unos {round(minutes)}: ajústelo."
    findings.warning(Code.MINUTES, path, line, message)


def _told(choice: Choice) -> int:
    return _words(choice.consequence_html) + _words(choice.reason_html)


def _words(html: str) -> int:
    return len(_WORD.findall(unescape(_TAG.sub(" ", html))))
