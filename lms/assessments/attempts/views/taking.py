"""The pages of a quiz: what it asks for, one question at a time, what is left to answer, and the result."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from flask import Blueprint, current_app, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from lms.assessments.attempts import (
    access,
    grading,
    later,
    queries,
    questions,
    rules,
    saving,
    scales,
    service,
    timing,
)
from lms.assessments.attempts.access import Sitting
from lms.assessments.attempts.held_files import with_files
from lms.assessments.attempts.models import Attempt
from lms.assessments.attempts.permissions import AttemptPermission
from lms.assessments.attempts.queries import QuizUnit
from lms.assessments.attempts.questions import ShownQuestion
from lms.assessments.attempts.rules import Standing
from lms.assessments.attempts.saving import Slip
from lms.assessments.attempts.scales import Figure
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.context import registry
from lms.core.errors import DomainError, NotFound
from lms.core.i18n import _, current_language
from lms.core.policy import requires
from lms.courses.compiler.quiz_terms import Counting, Piece, ReviewTime
from lms.learning.queries import Study, routes_of
from lms.learning.rules import RouteModule, RouteUnit
from lms.web.kit import go, render

bp = Blueprint("attempts", __name__, url_prefix="/assessments", template_folder="../templates")
QUIZ = "/enrolments/<uuid:enrolment_id>/quizzes/<uuid:unit_id>"
ATTEMPT = "/attempts/<uuid:attempt_id>"
PART = "answer."
QUESTION = ATTEMPT + "/questions/<int:number>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a quiz stands on the person's route."""

    module: RouteModule
    unit: RouteUnit
    before: RouteUnit | None
    after: RouteUnit | None

    @property
    def lessons(self) -> list[RouteUnit]:
        """Return the lessons that the quiz is about."""
        return [unit for unit in self.module.units if unit.is_lesson]


@bp.get(QUIZ)
@requires(AttemptPermission.TAKE)
def open_quiz(enrolment_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Say what the quiz asks for, how many attempts are left and how the last one went."""
    study, quiz = access.access_quiz(current_actor(), enrolment_id, unit_id)
    if quiz.quiz.is_plan:
        return go(_plan_url(study, quiz))
    attempts = queries.list_attempts(study.id, quiz.id)
    standing = queries.standing_of(attempts, quiz, queries.count_extra(study.id, quiz.id))
    mark = queries.pass_mark_of(quiz, study.release, study.programme)
    fitting = rules.draw(
        quiz.questions.values(), sector=study.enrolment.sector, country=study.programme.country
    )
    done = [attempt for attempt in attempts if attempt.submitted_at is not None]
    is_open = access.is_open(study, quiz, now())
    return render(
        "attempts/intro.html",
        study=study,
        quiz=quiz.quiz,
        unit_id=quiz.id,
        place=_place(study, quiz),
        standing=standing,
        question_count=len(rules.extract(fitting, quiz.quiz, seed=0)),  # forms are of one length
        mark=_figure(study, mark, mark),
        results=[(attempt, _score(study, attempt)) for attempt in reversed(done)],
        has_points=Piece.POINTS in _pieces(quiz, standing, is_open=is_open),
        counted=_counted(study, quiz, done),
        waits_until=_waits_until(attempts, quiz),
        limit=_limit(study, quiz),
        grace=int(timing.GRACE.total_seconds() // 60),
        is_open=is_open,
        days=later.days_of(study, quiz.quiz),
        day=study.day(now()),
    )


@bp.post(QUIZ + "/attempts")
@requires(AttemptPermission.TAKE)
def start(enrolment_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Begin an attempt, or go on with the one that was left open."""
    study, quiz = access.access_quiz(current_actor(), enrolment_id, unit_id)
    if quiz.quiz.is_plan:
        return go(_plan_url(study, quiz))
    left = next(iter(queries.list_attempts(study.id, quiz.id)[-1:]), None)
    if left is not None and service.settle(left, actor=current_actor(), now=now()):
        return go(url_for(".result", attempt_id=left.id))
    attempt = service.start_attempt(study.enrolment, quiz, actor=current_actor(), now=now())
    answers = queries.answers_of(attempt.id)
    answered = {key: answer.chosen for key, answer in answers.items()}
    number = rules.first_unanswered(attempt.question_ids, answered)
    return go(_question_url(attempt, number) if number else url_for(".review", attempt_id=attempt.id))


@bp.get(QUESTION)
@requires(AttemptPermission.TAKE)
def question(attempt_id: UUID, number: int) -> ResponseReturnValue:
    """Ask one question."""
    return question_page(access.access_attempt(current_actor(), attempt_id), number)


def question_page(sitting: Sitting, number: int, *, refusal: str = "") -> ResponseReturnValue:
    """Return the page of a question of an open attempt, with what was refused of a file."""
    access.check_question(sitting, number)
    if sitting.attempt.submitted_at is not None:
        return go(url_for("attempts.result", attempt_id=sitting.attempt.id))
    if timing.is_over(sitting.attempt.ends_at, now()):
        return _over(sitting)
    rules.check_open(is_open=sitting.is_open(now()))
    asked = _asked(sitting, refusal=refusal)
    asked[number - 1] = _judged(sitting, asked[number - 1])
    return render(
        "attempts/question.html",
        status=422 if refusal else 200,
        attempt=sitting.attempt,
        study=sitting.study,
        quiz=sitting.quiz.quiz,
        place=_place(sitting.study, sitting.quiz),
        asked=asked,
        question=asked[number - 1],
        standing=_standing(sitting),
        is_rest_answered=all(each.is_answered for each in asked if each.number != number),
        is_fixed=bool(sitting.quiz.quiz.review[ReviewTime.DURING]),
        seconds_left=_seconds_left(sitting.attempt),
    )


@bp.get(ATTEMPT + "/sheet")
@requires(AttemptPermission.TAKE)
def sheet(attempt_id: UUID) -> ResponseReturnValue:
    """Give all the questions of an open attempt to the script of the page, which can go on without a line."""
    sitting = access.access_attempt(current_actor(), attempt_id)
    if sitting.attempt.submitted_at is not None or timing.is_over(sitting.attempt.ends_at, now()):
        raise NotFound
    rules.check_open(is_open=sitting.is_open(now()))
    return render("attempts/_sheet.html", attempt=sitting.attempt, asked=_asked(sitting))


@bp.post(QUESTION)
@requires(AttemptPermission.TAKE)
def answer(attempt_id: UUID, number: int) -> ResponseReturnValue:
    """Keep the answer, unless a script did, and go where the button says: next, previous or review."""
    sitting = access.access_attempt(current_actor(), attempt_id)
    if not request.form.get("kept"):
        _save(sitting, number)
    return next_page(sitting, number, request.form.get("go", "next"))


def next_page(sitting: Sitting, number: int, wanted: str) -> ResponseReturnValue:
    """Go from a question where its button says."""
    if wanted == "stay":
        return go(_question_url(sitting.attempt, number))
    target = {"next": number + 1, "previous": max(number - 1, 1)}.get(wanted)
    if target is None or target > len(sitting.attempt.question_ids):
        return go(url_for("attempts.review", attempt_id=sitting.attempt.id))
    return go(_question_url(sitting.attempt, target))


@bp.post(QUESTION + "/answer")
@requires(AttemptPermission.TAKE)
def save_answer(attempt_id: UUID, number: int) -> ResponseReturnValue:
    """Keep the answer as soon as it is given and say when, or why not, to the script of the page."""
    slip = saving.get_own_slip(attempt_id, current_actor().person_id)
    try:
        saved_at = _keep(slip, number)
    except DomainError as refusal:
        return {"code": refusal.code, "said": str(refusal.message)}, refusal.status
    clock = current_app.jinja_env.filters["clock"]  # a template would ask for all that is around a page
    return {"said": _("Guardado %(time)s.", time=clock(saved_at))}


@bp.get(ATTEMPT + "/review")
@requires(AttemptPermission.TAKE)
def review(attempt_id: UUID) -> ResponseReturnValue:
    """Show which questions have no answer before everything is handed in."""
    sitting = access.access_attempt(current_actor(), attempt_id)
    if sitting.attempt.submitted_at is not None:
        return go(url_for(".result", attempt_id=attempt_id))
    if timing.is_over(sitting.attempt.ends_at, now()):
        return _over(sitting)
    if sitting.quiz.quiz.is_plan:
        return go(_plan_url(sitting.study, sitting.quiz))
    rules.check_open(is_open=sitting.is_open(now()))
    asked = _asked(sitting)
    return render(
        "attempts/review.html",
        attempt=sitting.attempt,
        quiz=sitting.quiz.quiz,
        asked=asked,
        needs_person=any(each.needs_grader for each in asked),
        unanswered=[each for each in asked if not each.is_answered],
        standing=_standing(sitting),
        seconds_left=_seconds_left(sitting.attempt),
    )


@bp.post(ATTEMPT + "/submit")
@requires(AttemptPermission.TAKE)
def submit(attempt_id: UUID) -> ResponseReturnValue:
    """Hand the attempt in; doing it twice counts once."""
    sitting = access.access_attempt(current_actor(), attempt_id)
    if sitting.quiz.quiz.is_plan:
        return go(_plan_url(sitting.study, sitting.quiz))  # sent from there, to a superior who is named
    service.submit(sitting.attempt, actor=current_actor(), now=now())
    return go(url_for(".result", attempt_id=attempt_id))


@bp.get(ATTEMPT + "/result")
@requires(AttemptPermission.TAKE)
def result(attempt_id: UUID) -> ResponseReturnValue:
    """Say whether it is passed and show what to read again; the key only when no attempt is left to spoil."""
    sitting = access.access_attempt(current_actor(), attempt_id)
    attempt, study = sitting.attempt, sitting.study
    if sitting.quiz.quiz.is_plan:
        return go(_plan_url(study, sitting.quiz))
    if attempt.submitted_at is None and timing.is_over(attempt.ends_at, now()):
        return _over(sitting)
    if attempt.submitted_at is None:
        return go(url_for(".open_quiz", enrolment_id=study.id, unit_id=attempt.unit_id))
    place = _place(study, sitting.quiz)
    if sitting.quiz.quiz.is_survey:
        return render("attempts/thanks.html", study=study, quiz=sitting.quiz.quiz, place=place)
    standing, is_open = _standing(sitting), sitting.is_open(now())
    pieces = _pieces(sitting.quiz, standing, is_open=is_open)
    shown = _reviewed(sitting, pieces)
    return render(
        "attempts/result.html",
        attempt=attempt,
        study=study,
        quiz=sitting.quiz.quiz,
        place=place,
        standing=standing,
        score=_score(study, attempt),
        mark=_figure(study, attempt.pass_mark, attempt.pass_mark),
        shown=shown,
        to_reread=[each for each in shown if each.result == "wrong"],
        right=[each for each in shown if each.result == "right"],
        waiting=[each for each in shown if each.state == "waiting"],
        plain=[each for each in shown if each.state == "given"],
        has_key=Piece.KEY in pieces,
        has_points=Piece.POINTS in pieces,
        has_results=Piece.RESULT in pieces,
        can_retry=is_open and standing.may_try,
    )


def _reviewed(sitting: Sitting, pieces: Collection[Piece]) -> list[ShownQuestion]:
    answers = queries.answers_of(sitting.attempt.id)
    shown = questions.review(
        sitting.attempt,
        sitting.quiz,
        answers,
        registry("question_types"),
        grades=grading.find_grades([answer.id for answer in answers.values()]),
        pieces=pieces,
    )
    return with_files(shown, sitting.attempt.id, sitting.quiz)


def _save(sitting: Sitting, number: int) -> datetime:
    access.check_question(sitting, number)
    return _keep(saving.get_slip(sitting.attempt.id), number)


def _keep(slip: Slip, number: int) -> datetime:
    sent = request.form
    delivery = timing.delivery_of(sent.get("source", ""), sent.get("turn", ""), sent.get("delay", ""))
    return saving.keep_answer(slip, slip.question(number), _sent(sent), delivery, now=now())


def _over(sitting: Sitting) -> ResponseReturnValue:
    """Say that the time is over; what arrived is handed in with the button, or by itself."""
    return render(
        "attempts/over.html",
        attempt=sitting.attempt,
        quiz=sitting.quiz.quiz,
        is_final=timing.is_expired(sitting.attempt.ends_at, now()),
    )


def _judged(sitting: Sitting, asked: ShownQuestion) -> ShownQuestion:
    """Return a question with what may be seen of it while the attempt goes on, if it was answered."""
    pieces = sitting.quiz.quiz.review[ReviewTime.DURING]
    answer = queries.find_answer(sitting.attempt.id, asked.view["id"]) if pieces else None
    if answer is None or not answer.chosen:
        return asked
    judged = questions.judge(sitting.attempt, sitting.quiz, answer, registry("question_types"), pieces)
    return with_files([judged], sitting.attempt.id, sitting.quiz)[0]


def _pieces(quiz: QuizUnit, standing: Standing, *, is_open: bool) -> Collection[Piece]:
    is_closed = standing.reveals_key(is_open=is_open)
    return quiz.quiz.review[ReviewTime.CLOSED if is_closed else ReviewTime.SUBMITTED]


def _counted(study: Study, quiz: QuizUnit, done: Sequence[Attempt]) -> Figure | None:
    """Return what counts of several attempts, where it is not simply the best one."""
    graded = [each for each in done if each.earned is not None]
    if quiz.quiz.counting is Counting.BEST or not graded or quiz.quiz.is_survey:
        return None
    shares = [rules.share_of(each.earned or Fraction(0), each.possible) for each in graded]
    return _figure(study, timing.counted(shares, quiz.quiz.counting), graded[-1].pass_mark)


def _waits_until(attempts: Sequence[Attempt], quiz: QuizUnit) -> datetime | None:
    start = queries.next_start_of(attempts, quiz)
    return start if start is not None and start > now() else None


def _limit(study: Study, quiz: QuizUnit) -> int | None:
    """Return how many minutes the person's attempts may take; None for as long as they need."""
    moment = now()
    end = queries.end_of(study.enrolment, quiz, moment)
    return None if end is None else max(int((end - moment).total_seconds() // 60), 1)


def _seconds_left(attempt: Attempt) -> int | None:
    return None if attempt.ends_at is None else max(int((attempt.ends_at - now()).total_seconds()), 0)


def _sent(form: MultiDict[str, str]) -> list[str]:
    """Return the values of the controls named "answer", and "key:value" of those named "answer.key"."""
    parts = [
        f"{name.removeprefix(PART)}:{value}"
        for name, value in form.items(multi=True)
        if name.startswith(PART) and value.strip()
    ]
    return [*form.getlist("answer"), *parts]


def _asked(sitting: Sitting, *, refusal: str = "") -> list[ShownQuestion]:
    answers = queries.answers_of(sitting.attempt.id)
    asked = questions.ask(sitting.attempt, sitting.quiz, answers, registry("question_types"))
    return with_files(asked, sitting.attempt.id, sitting.quiz, refusal=refusal)


def _standing(sitting: Sitting) -> Standing:
    attempts = queries.list_attempts(sitting.study.id, sitting.quiz.id)
    return queries.standing_of(attempts, sitting.quiz, queries.count_extra(sitting.study.id, sitting.quiz.id))


def _place(study: Study, quiz: QuizUnit) -> Place:
    route = routes_of([study])[study.id]
    unit = next((each for each in route.units if each.id == quiz.id), None)
    if unit is None:
        module, unit = later.place_of(study, quiz.id)
        return Place(module=module, unit=unit, before=None, after=None)
    before, after = route.neighbours(unit)
    return Place(module=route.module_of(unit), unit=unit, before=before, after=after)


def _score(study: Study, attempt: Attempt) -> Figure:
    share = rules.share_of(attempt.earned or Fraction(0), attempt.possible)
    return _figure(study, share, attempt.pass_mark)


def _figure(study: Study, share: Fraction, mark: Fraction) -> Figure:
    return scales.figure(share, study.programme.scale, mark=mark, language=current_language())


def _question_url(attempt: Attempt, number: int) -> str:
    return url_for("attempts.question", attempt_id=attempt.id, number=number)


def _plan_url(study: Study, quiz: QuizUnit) -> str:
    return url_for("plans.own_plan", enrolment_id=study.id, unit_id=quiz.id)
