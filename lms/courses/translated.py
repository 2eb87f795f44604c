"""Quizzes and simulations in the language of whoever reads them; a page without a translation says its own."""

from lms.core.types import Json
from lms.courses.compiler.codec import quiz_from_json
from lms.courses.compiler.course import Quiz, Simulation
from lms.courses.compiler.marked_simulations import marked_simulation
from lms.courses.compiler.simulation_codec import simulation_from_json
from lms.courses.compiler.stand_ins import marked_quiz
from lms.courses.models import Unit
from lms.courses.queries import find_translated_body, get_release, quiz_of, simulation_of


def read_quiz(unit: Unit, wanted: str, *, page: str) -> Quiz:
    """Return the quiz of a unit, keys included, in the language wanted or else in that of its release.

    Ids and keys are the same in all. What is not in the language of the page says its own; raises NotFound.
    """
    quiz = quiz_of(unit)
    body, language = _body_in(unit, wanted)
    quiz = quiz if body is None else quiz_from_json(body)
    return quiz if language == page else marked_quiz(quiz, language)


def read_simulation(unit: Unit, wanted: str, *, page: str) -> Simulation:
    """Return the simulation of a unit, scores included, as `read_quiz` does a quiz."""
    simulation = simulation_of(unit)
    body, language = _body_in(unit, wanted)
    simulation = simulation if body is None else simulation_from_json(body)
    return simulation if language == page else marked_simulation(simulation, language)


def _body_in(unit: Unit, wanted: str) -> tuple[Json | None, str]:
    """Return the translated body of a unit, or None, and the language in which it is read."""
    written = get_release(unit.release_id).language
    body = find_translated_body(unit.id, wanted) if wanted != written else None
    return body, written if body is None else wanted
