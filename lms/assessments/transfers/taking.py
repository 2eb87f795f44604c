"""Questions of a draft or a release on their way out, chosen by the page on which they are asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from lms.assessments.exchange.leaving import PictureOf
from lms.authoring.exchange.carried import Carried, compiled
from lms.courses.compiler.course import Question, Quiz


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A quiz whose questions can leave."""

    key: str
    title: str
    questions: tuple[Question, ...]


def sources_of(carried: Carried) -> list[Source]:
    """Return the quizzes of a course that ask something, their banks included; raises HasErrors.

    An opinion is no question that another system could grade: surveys stay.
    """
    return [
        Source(key=f"{module}/{quiz.slug}", title=quiz.title, questions=tuple(quiz.questions))
        for module, quiz in _quizzes(carried)
        if quiz.questions and not quiz.is_survey
    ]


def chosen_of(sources: list[Source], key: str) -> list[Question]:
    """Return the questions of one quiz, or of all of them, each once."""
    found = {
        question.id: question
        for source in sources
        if key in {"", source.key}
        for question in source.questions
    }
    return list(found.values())


def _quizzes(carried: Carried) -> Iterator[tuple[str, Quiz]]:
    for module in compiled(carried).modules:
        yield from ((module.slug, unit) for unit in module.units if isinstance(unit, Quiz))


def pictures_of(carried: Carried) -> PictureOf:
    """Return how the addresses of the pictures of a course lead to their bytes."""
    assets = {asset.sha256: asset.content for asset in compiled(carried).assets}

    def content_at(address: str) -> bytes | None:
        return next((assets[part] for part in address.split("/") if part in assets), None)

    return content_at
