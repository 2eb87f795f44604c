"""Reads for the warnings of an analysis: who handed in a quiz of a cohort, and when they gave each answer."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from lms.accounts.models import Person
from lms.assessments.analysis.models import PatternReview
from lms.assessments.analysis.patterns import Patterns, find_patterns
from lms.assessments.analysis.permissions import AnalysisPermission
from lms.assessments.analysis.queries import (
    AskedQuestion,
    AskedQuiz,
    get_asked_quiz,
    list_reviews,
    shared_questions,
    twins_of,
)
from lms.assessments.analysis.replies import Matter, Reply, Sitting
from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.attempts.rules import in_order
from lms.core.actors import Actor
from lms.core.context import registry
from lms.core.db import db
from lms.learning.models import Enrolment
from lms.learning.queries import enrolment_condition

MOST_SITTINGS: Final = 600
"""Attempts that are looked at, the last handed in: their pairs are compared in about half a second."""
_TAG: Final = re.compile(r"<[^>]+>")
Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """The first attempts at a quiz that people of a cohort handed in."""

    sittings: Sequence[Sitting]
    names: Mapping[UUID, str]
    """Of the person, by enrolment."""
    is_cut: bool
    """Whether older attempts were left out, because there are more than the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a page shows of the attempts of a cohort at a quiz."""

    handed: Handed
    everything: Patterns
    reviews: Mapping[Matter, PatternReview]

    @property
    def open(self) -> Patterns:
        """Return what nobody put aside."""
        return self.everything.without(self.reviews)

    @property
    def aside(self) -> list[tuple[Matter, PatternReview]]:
        """Return what somebody put aside and still holds."""
        return [(each, self.reviews[each]) for each in self.everything.matters if each in self.reviews]

    def find(self, key: str) -> Matter | None:
        """Return what a key of the page names, put aside or not."""
        return next((each for each in self.everything.matters if each.key == key), None)


def list_handed(actor: Actor, quiz: AskedQuiz, cohort_id: UUID) -> Handed:
    """Return the first attempts at a quiz by the people of a cohort whom the actor may see here, in three queries.

    An attempt at the same quiz of an earlier release counts with the questions that did not change.
    """
    rows = _attempts(actor, quiz, cohort_id)
    answers = _answers([row.id for row in rows])
    first = {row.enrolment_id: row for row in rows[:MOST_SITTINGS]}
    asked = {key: _asked(quiz, question) for key, question in quiz.questions.items()}
    return Handed(
        sittings=[_sitting(quiz, asked, row, answers.get(row.id, {})) for row in first.values()],
        names={key: row.Person.name for key, row in first.items()},
        is_cut=len(rows) > MOST_SITTINGS,
    )


def look_at(actor: Actor, quiz: AskedQuiz, cohort_id: UUID) -> Look:
    """Return what there is to look at in the attempts of a cohort at a quiz, and what was looked at already."""
    handed = list_handed(actor, quiz, cohort_id)
    found = find_patterns(handed.sittings, words_of(quiz))
    reviews = list_reviews(quiz.unit_id, {matter.enrolment_ids[0] for matter in found.matters})
    return Look(handed=handed, everything=found, reviews=reviews)


def words_of(quiz: AskedQuiz) -> dict[str, int]:
    """Return how many words each question has, with those of its options."""
    return {key: _words(question) for key, question in quiz.questions.items()}


def _words(question: AskedQuestion) -> int:
    options = (option["html"] for option in question.config.get("options", ()))
    texts = (question.config["stem_html"], *options)
    return sum(len(_TAG.sub(" ", text).split()) for text in texts)


def _attempts(actor: Actor, quiz: AskedQuiz, cohort_id: UUID) -> Sequence[Any]:
    return db.session.execute(
        select(
            Attempt.id, Attempt.enrolment_id, Attempt.unit_id, Attempt.question_ids, Attempt.seed,
            Attempt.started_at, Attempt.submitted_at, Person,
        )
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Attempt.unit_id.in_(twins_of(quiz)),
            Attempt.number == 1,
            Attempt.submitted_at.is_not(None),
            Enrolment.cohort_id == cohort_id,
            enrolment_condition(actor, AnalysisPermission.PATTERNS),
        )
        .order_by(Attempt.submitted_at.desc(), Attempt.id)
        .limit(MOST_SITTINGS + 1)
    ).all()  # fmt: skip


def _answers(attempt_ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    given: dict[UUID, dict[str, Any]] = {}
    statement = select(
        Answer.attempt_id, Answer.question_id, Answer.chosen, Answer.saved_at, Answer.given_at, Answer.earned
    ).where(Answer.attempt_id.in_(list(attempt_ids)))
    for row in db.session.execute(statement):
        given.setdefault(row.attempt_id, {})[row.question_id] = row
    return given


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is the same for everybody who was asked a question."""

    config: Mapping[str, Any]
    keys: tuple[str, ...]
    right: tuple[str, ...]
    is_single: bool
    is_mixed: bool
    """Whether each person sees the options in an order of their own."""

    def reply(self, answer: Any, seed: int) -> Reply:
        """Return what one person answered."""
        return Reply(
            question=answer.question_id,
            chosen=tuple(answer.chosen),
            is_right=answer.earned == 1,
            at=answer.given_at or answer.saved_at,
            shown=self._shown(seed) if self.is_mixed else self.keys,
            right=self.right,
            is_single=self.is_single,
        )

    def _shown(self, seed: int) -> tuple[str, ...]:
        return tuple(option["key"] for option in in_order(self.config, seed)["options"])


def _asked(quiz: AskedQuiz, question: AskedQuestion) -> _Asked:
    kind, options = registry("question_types")[question.config["type"]], question.options
    return _Asked(
        config=question.config,
        keys=tuple(options),
        right=tuple(key for key, is_right in options.items() if is_right),
        is_single=question.config["type"] in {"single", "true-false"},
        is_mixed=bool(options) and quiz.quiz.shuffle and not kind.keeps_order,
    )


def _sitting(quiz: AskedQuiz, asked: Mapping[str, _Asked], row: Any, answers: Given) -> Sitting:
    keys = shared_questions(quiz, get_asked_quiz(row.unit_id), row.question_ids)
    return Sitting(
        enrolment_id=row.enrolment_id,
        started_at=row.started_at,
        submitted_at=row.submitted_at,
        replies=tuple(
            asked[key].reply(answers[key], row.seed) for key in keys if key in answers and answers[key].chosen
        ),
    )
