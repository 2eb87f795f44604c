"""How the revisions of a question performed, with the people that the actor may see."""

from collections.abc import Sequence

from lms.assessments.analysis.permissions import AnalysisPermission
from lms.assessments.analysis.queries import get_asked_quiz, list_rows
from lms.assessments.analysis.rules import ItemFigures, figures_of
from lms.assessments.bank.queries import Use
from lms.core.actors import Actor


def figures(actor: Actor, question_id: str, uses: Sequence[Use]) -> ItemFigures | None:
    """Return what the first results of people say of one revision in all its quizzes; None when it earns nothing.

    `uses` are those of the revision. A quiz stands for its twins in other releases, so each one is asked once.
    """
    places = {use.place: use.unit_id for use in reversed(uses)}
    quizzes = [get_asked_quiz(unit_id) for unit_id in places.values()]
    scored = [quiz for quiz in quizzes if question_id in quiz.questions]
    if not scored:
        return None
    rows = list_rows(actor, AnalysisPermission.READ, scored)
    people = [row for quiz in scored for row in rows[quiz.unit_id]]
    return figures_of(question_id, people, scored[0].questions[question_id].options)
