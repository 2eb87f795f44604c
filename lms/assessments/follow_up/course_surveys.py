"""What a course itself asks months later: surveys of its own instead of the usual ones, and quizzes."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from lms.assessments.attempts.queries import QuizUnit, get_quiz
from lms.assessments.attempts.rules import draw
from lms.assessments.follow_up import rules
from lms.assessments.follow_up.models import Respondent
from lms.assessments.follow_up.queries import AskedSurvey
from lms.assessments.question_types.written import Numeric
from lms.core.context import registry
from lms.core.i18n import _
from lms.courses.queries import list_outline
from lms.plugins.questions import Config, QuestionType

PREFIX: Final = "q-"
TEXTS: Final = frozenset({"short", "essay"})
LONGEST_NAME: Final = 90
"""Characters of a question's stem by which a message names it."""


def surveys_of(release_id: UUID) -> dict[Respondent, QuizUnit]:
    """Return the surveys that a release asks months later, by who answers; empty when it leaves them to us."""
    found: dict[Respondent, QuizUnit] = {}
    for quiz in _later(release_id):
        if quiz.quiz.is_survey:
            who = Respondent.SUPERIOR if quiz.quiz.is_for_superior else Respondent.SELF
            found.setdefault(who, quiz)
    return found


def measures_of(release_id: UUID) -> list[QuizUnit]:
    """Return the quizzes with which a release measures months later what stayed of it."""
    return [quiz for quiz in _later(release_id) if not quiz.quiz.is_survey]


def questions_of(asked: AskedSurvey, quiz: QuizUnit) -> list[Config]:
    """Return the questions of a course's own survey for the person's sector and the programme's country."""
    ids = draw(quiz.questions.values(), sector=asked.sector, country=asked.country)
    return [quiz.questions[each] for each in ids]


def read_answers(questions: Sequence[Config], sent: MultiDict[str, str]) -> dict[str, list[str]]:
    """Return what a form says to each question, without what is not offered; nothing for what was left out."""
    found = {config["id"]: _read(config, sent) for config in questions}
    return {key: chosen for key, chosen in found.items() if chosen}


def wrong_answers(questions: Sequence[Config], chosen: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return what to correct by question, each named by its words: a page has many. Nothing is obligatory."""
    wrong = [
        config
        for config in questions
        if config["type"] == Numeric.name
        and chosen.get(config["id"])
        and Numeric().value(config, chosen[config["id"]][0]) is None
    ]
    return {
        config["id"]: str(_("Escriba solo un número en «%(question)s»", question=name_of(config)))
        for config in wrong
    }


def name_of(config: Config) -> str:
    """Return the words of a question's stem, cut where they are many."""
    text = " ".join(Markup(config["stem_html"]).striptags().split())  # noqa: S704 - it becomes plain text
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME].rstrip()}…"


def _later(release_id: UUID) -> list[QuizUnit]:
    modules = list_outline(release_id, is_whole=True)
    return [get_quiz(unit.id) for module in modules for unit in module.units if unit.is_follow_up]


def _read(config: Config, sent: MultiDict[str, str]) -> list[str]:
    field = f"{PREFIX}{config['id']}"
    parts = [
        f"{name.removeprefix(f'{field}.')}:{value}"
        for name, value in sent.items(multi=True)
        if name.startswith(f"{field}.")
    ]
    kind: QuestionType = registry("question_types")[config["type"]]
    chosen = kind.clean(config, [*sent.getlist(field), *parts])
    return [each[: rules.LONGEST_TEXT] for each in chosen] if config["type"] in TEXTS else list(chosen)
