"""Decisions about attempts: what is asked and in which order, what passes, who may try again. Pure.

Everything that decides about passing is an exact fraction: 13.5 of 20 is not 14, and 0.1 added ten times is 1.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice
from typing import Final, TypeVar
from uuid import UUID

from lms.assessments.attempts.errors import AlreadyPassed, AttemptInReview, AttemptsUsedUp, QuizClosed
from lms.courses.compiler.course import Quiz
from lms.courses.compiler.quiz_terms import Moment, QuizTerms
from lms.plugins.criteria import State
from lms.plugins.questions import Config

Item = TypeVar("Item")
FOLLOWED_FROM: Final = timedelta(days=60)
"""After completing the course, when what stayed of it is measured."""
FOLLOWED_FOR: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one person stands with one quiz."""

    limit: int
    """Attempts that the author allows, and those given on top."""
    started: int
    has_open: bool = False
    """Whether an attempt waits to be submitted."""
    is_passed: bool = False
    is_in_review: bool = False
    """Whether the last attempt waits for a person's grade."""

    @property
    def left(self) -> int:
        """Return how many attempts may still be started."""
        return max(self.limit - self.started, 0)

    @property
    def is_used_up(self) -> bool:
        """Say whether the quiz is not passed and can no longer be."""
        return not (self.is_passed or self.has_open or self.is_in_review or self.left)

    @property
    def may_try(self) -> bool:
        """Say whether another attempt would mean something."""
        return not (self.is_passed or self.is_used_up or self.is_in_review)

    def reveals_key(self, *, is_open: bool) -> bool:
        """Say whether a result may show the right answers.

        Not while the person can still pass: the next attempt asks the same questions and must mean something.
        """
        return self.is_passed or self.is_used_up or not is_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days on which a quiz of the follow-up takes answers, both counted."""

    first: date
    last: date

    def hold(self, day: date) -> bool:
        """Say whether a day is one of them."""
        return self.first <= day <= self.last


def follow_up_days(completed_on: date) -> Days:
    """Return when what stayed of a course is measured: from 60 to 90 days after it was completed."""
    first = completed_on + FOLLOWED_FROM
    return Days(first=first, last=first + FOLLOWED_FOR)


def takes_answers(terms: QuizTerms, *, is_running: bool, completed_on: date | None, day: date) -> bool:
    """Say whether a quiz takes answers on a day: while the cohort runs, or for the follow-up in its own days.

    Whoever has not completed the course has nothing to follow up.
    """
    if not terms.is_follow_up:
        return is_running
    return completed_on is not None and follow_up_days(completed_on).hold(day)


def check_open(*, is_open: bool) -> None:
    """Refuse answers outside the days of the quiz; raises QuizClosed."""
    if not is_open:
        raise QuizClosed


def check_start(standing: Standing) -> None:
    """Refuse an attempt more than there are; raises AlreadyPassed, AttemptInReview and AttemptsUsedUp."""
    if standing.is_passed:
        raise AlreadyPassed
    if standing.is_in_review:
        raise AttemptInReview
    if standing.is_used_up:
        raise AttemptsUsedUp


def exact(share: float) -> Fraction:
    """Return the share that somebody wrote in decimals: 0.7 is 7/10, not the nearest binary number."""
    return Fraction(repr(share))


def pass_mark(*, quiz: float, course: float, programme: float) -> Fraction:
    """Return the share that passes: the programme's, which is whose certificate it is.

    A quiz for which the author wrote another mark than the course's keeps its own.
    """
    return exact(programme if quiz == course else quiz)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What an attempt came to."""

    earned: Fraction
    possible: int
    is_passed: bool


def result_of(earnings: Iterable[Fraction], *, possible: int, mark: Fraction, asked: int) -> Result:
    """Return the sum of what the questions earned and whether it reaches the mark; nothing asked is not passed.

    Where questions were asked and none counts, as in a survey, there is nothing to miss.
    """
    earned = sum(earnings, Fraction(0))
    return Result(earned=earned, possible=possible, is_passed=bool(asked) and earned >= mark * possible)


def scored(kinds: Iterable[tuple[str, bool]], *, is_survey: bool) -> list[str]:
    """Return the ids of the questions that count, of pairs with whether their kind does; in a survey none does."""
    return [] if is_survey else [question_id for question_id, counts in kinds if counts]


def share_of(earned: Fraction, possible: int) -> Fraction:
    """Return the share earned, 0 when nothing was asked."""
    return earned / possible if possible else Fraction(0)


def draw(questions: Collection[Config], *, sector: str | None, country: str) -> list[str]:
    """Return the ids of the questions for a person of this sector in a programme of this country, in order.

    Somebody without a sector gets those of all sectors, as lessons show them every branch. A quiz that has
    nothing for the person asks them everything: an empty quiz could never be passed. Retired ones are not asked.
    """
    live = [each for each in questions if not each.get("is_retired")]
    here = [each for each in live if each["country"] in {"", country}] or live
    own = [each for each in here if sector is None or each["sector"] in {"", sector}] or here
    return [each["id"] for each in own]


def extract(asked: Sequence[str], quiz: Quiz, seed: int, form: int = 0) -> list[str]:
    """Return the questions of one attempt, in order: the quiz's own, those of the form, and what it draws of its banks.

    The seed alone decides which. When signatures or the person's place leave the banks fewer, all those are asked.
    """
    others = {each for number, ids in enumerate(quiz.forms) if number != form for each in ids}
    mine = [each for each in asked if each not in others]
    pool = set(quiz.pool).intersection(mine)
    drawn = pool if quiz.drawn is None else _drawn(pool, quiz, seed)
    kept = [each for each in mine if each not in pool or each in drawn]
    return shuffled(kept, lambda each: f"place:{each}", seed) if quiz.shuffles_questions else kept


def _drawn(pool: Collection[str], quiz: Quiz, seed: int) -> set[str]:
    """Return what the lines of a draw take, each from what those before it left."""
    order = shuffled(sorted(pool), lambda each: f"bank:{each}", seed)
    if not quiz.draws:
        return set(order[: quiz.drawn])
    known = {question.id: question for question in quiz.questions}
    taken: set[str] = set()
    for line in quiz.draws:
        fitting = (each for each in order if each not in taken and line.takes(known[each]))
        taken |= set(islice(fitting, line.count))
    return taken


def form_of(quiz: Quiz, person_id: UUID, course_id: UUID) -> int:
    """Return the number, from 0, of the form that a person gets: half the people begin with each.

    The same person gets another form at the end of the course than at its beginning, and at the follow-up the next
    one, which of two is the first again.
    """
    if not quiz.forms:
        return 0
    digest = hashlib.sha256(f"form:{person_id}:{course_id}".encode()).digest()
    return (int.from_bytes(digest[:8]) + _TURNS[quiz.moment]) % len(quiz.forms)


_TURNS: Final = {Moment.NONE: 0, Moment.INITIAL: 0, Moment.FINAL: 1, Moment.FOLLOW_UP: 2}


def in_order(config: Config, seed: int) -> Config:
    """Return the question with its options in the order that the seed decides, always the same."""
    return {
        **config,
        "options": shuffled(config["options"], lambda each: f"{config['id']}:{each['key']}", seed),
    }


def shuffled(items: Sequence[Item], name: Callable[[Item], str], seed: int) -> list[Item]:
    """Return the items in an order that only their names and the seed decide, on every machine and version."""
    return sorted(items, key=lambda each: hashlib.sha256(f"{seed}:{name(each)}".encode()).digest())


def first_unanswered(question_ids: Sequence[str], answered: Mapping[str, object]) -> int | None:
    """Return the number, from 1, of the first question without an answer: there an attempt goes on."""
    return next((n for n, each in enumerate(question_ids, start=1) if not answered.get(each)), None)


def judge_quizzes(*, passed: int, total: int, is_over: bool, used_up: int = 0) -> State:
    """Return where "all of them done" stands, be it passed, answered or approved; without any it is met."""
    if passed >= total:
        return State.MET
    return State.CANNOT if is_over or used_up else State.NOT_YET
