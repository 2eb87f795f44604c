"""Correcting results after a wrong key: whose result would change, and the change itself, batch by batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select, true

from lms.assessments.attempts import service as attempts
from lms.assessments.attempts.grading import counts_at
from lms.assessments.attempts.messages import QuizSentForReview, QuizSubmitted
from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.attempts.queries import QuizUnit, get_quiz
from lms.assessments.grading.corrections import Change, Correction
from lms.assessments.grading.effects import Effect, Judge, effects_of, handed_in
from lms.assessments.grading.errors import ChangeUnknown
from lms.assessments.grading.messages import AttemptRegraded, RegradeBatch, RegradeOrdered
from lms.assessments.grading.models import Regrade, RegradedAttempt
from lms.assessments.grading.permissions import GradingPermission
from lms.core.actors import SYSTEM, Actor
from lms.core.context import registry
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.events import publish
from lms.core.i18n import _, speaking
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.core.mail import Message
from lms.core.outbox import post
from lms.courses.models import Release, Unit, UnitKind
from lms.learning.models import Cohort, Enrolment
from lms.web.links import absolute_url

BATCH: Final = 50
"""Attempts that one job looks at."""
AT_ONCE: Final = 5
"""Attempts that one job corrects before it leaves the rest to the next: whoever answers meanwhile waits for it."""


def correction_of(quiz: QuizUnit, question_id: str, change: str, value: str) -> Correction:
    """Return a correction that can be computed; raises ChangeUnknown and KeysDiffer."""
    config = quiz.questions.get(question_id)
    if config is None or change not in set(Change) or quiz.quiz.is_survey or quiz.quiz.is_plan:
        raise ChangeUnknown
    kind = Change(change)
    other = get_quiz(UUID(value)).questions.get(question_id) if kind is Change.KEY else None
    made = Correction(
        kind=registry("question_types")[config["type"]],
        config=config,
        change=kind,
        option=value if kind is Change.ACCEPT else "",
        other=other,
    )
    made.check()
    return made


def list_versions(quiz: QuizUnit, question_id: str) -> list[tuple[UUID, int]]:
    """Return the same quiz in the other releases of the course where it asks the question, with their numbers."""
    unit = db.session.get_one(Unit, quiz.id)
    course_id = select(Release.course_id).where(Release.id == unit.release_id).scalar_subquery()
    rows = db.session.execute(
        select(Unit.id, Release.number)
        .join(Release, Release.id == Unit.release_id)
        .where(
            Release.course_id == course_id,
            Unit.slug == unit.slug,
            Unit.kind == UnitKind.QUIZ,
            Unit.id != unit.id,
        )
        .order_by(Release.number)
    ).all()
    return [(row[0], row[1]) for row in rows if question_id in get_quiz(row[0]).questions]


def scope_of(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which a cohort is the actor's to correct."""
    reach = actor.reach(GradingPermission.REGRADE)
    return true() if reach.everywhere else Cohort.programme_id.in_(reach.programmes)


def count_attempts(unit_id: UUID, scope: ColumnElement[bool]) -> int:
    """Return how many attempts were handed in."""
    return db.session.scalar(select(func.count()).select_from(handed_in(unit_id, scope).subquery())) or 0


def order_regrade(
    quiz: QuizUnit, question_id: str, change: str, value: str, *, reason: str, actor: Actor, now: datetime
) -> Regrade:
    """Have the results within the actor's reach corrected by jobs; raises ChangeUnknown and KeysDiffer."""
    correction_of(quiz, question_id, change, value)
    reach = actor.reach(GradingPermission.REGRADE)
    regrade = Regrade(
        id=new_id(), unit_id=quiz.id, question_id=question_id, change=change, value=value, reason=reason.strip(),
        programmes=None if reach.everywhere else sorted(str(each) for each in reach.programmes),
        ordered_at=now, ordered_by=actor.person_id, total=count_attempts(quiz.id, scope_of(actor)), done=0,
        changed=0,
    )  # fmt: skip
    db.session.add(regrade)
    db.session.flush()
    publish(
        RegradeOrdered(
            at=now, actor=actor, subject_id=regrade.id, unit_id=quiz.id, question_id=question_id, change=change,
            value=value, reason=regrade.reason,
        )
    )  # fmt: skip
    go_on(regrade, "", now=now)
    return regrade


def regrade_batch(regrade_id: UUID, after: str, *, now: datetime) -> Regrade:
    """Correct the next attempts and order the rest; an attempt that was corrected changes no more."""
    regrade = db.session.get_one(Regrade, regrade_id)
    statement = handed_in(regrade.unit_id, _scope(regrade)).limit(BATCH)
    if after:
        statement = statement.where(Attempt.id > UUID(after))
    rows = db.session.execute(statement).all()
    found = effects_of(rows, regrade.question_id, Judge(_correction(regrade)))
    for effect in found[:AT_ONCE]:
        _correct(regrade, effect, now=now)
        _tell(regrade, effect, now=now)
    ids = [row[0].id for row in rows]
    seen = len(ids) if len(found) <= AT_ONCE else ids.index(found[AT_ONCE - 1].attempt.id) + 1
    regrade.done += seen
    if seen < BATCH and seen == len(ids):
        regrade.ended_at = now
    else:
        go_on(regrade, str(ids[seen - 1]), now=now)
    db.session.flush()
    return regrade


def follow_submission(event: QuizSubmitted | QuizSentForReview) -> None:
    """Let the corrections of a quiz hold for an attempt that is handed in after them."""
    known = select(Regrade).where(Regrade.unit_id == event.unit_id).order_by(Regrade.ordered_at)
    for regrade in db.session.scalars(known).all():
        mine = handed_in(event.unit_id, _scope(regrade)).where(Attempt.id == event.subject_id)
        rows = db.session.execute(mine).all()
        for effect in effects_of(rows, regrade.question_id, Judge(_correction(regrade))):
            _correct(regrade, effect, now=event.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A correction of a release, as somebody sees it whose reach may hold a part of its results."""

    regrade: Regrade
    is_whole: bool
    """Say whether all results that it may correct are in reach: only then may its progress be told."""
    changed: int
    """Results in reach that changed."""


def list_regrades(release_id: UUID, actor: Actor) -> list[Past]:
    """Return the corrections of a release that hold for results in the actor's reach, the newest first."""
    rows = db.session.execute(
        select(Regrade, _programme_of_one())
        .join(Unit, Unit.id == Regrade.unit_id)
        .where(Unit.release_id == release_id)
        .order_by(Regrade.ordered_at.desc())
    ).all()
    changed = _count_changed([regrade.id for regrade, _one in rows], scope_of(actor))
    reach, found = actor.reach(GradingPermission.REGRADE), []
    for regrade, one in rows:
        places = _programmes(regrade, one)
        if reach.everywhere or places is None or places & reach.programmes:
            is_whole = reach.everywhere or (places is not None and places <= reach.programmes)
            found.append(Past(regrade=regrade, is_whole=is_whole, changed=changed.get(regrade.id, 0)))
    return found


def _programme_of_one() -> ScalarSelect[UUID]:
    """Return the programme of the one cohort or person for whom a correction holds; null where it holds for many."""
    theirs = select(Enrolment.cohort_id).where(Enrolment.id == Regrade.enrolment_id).scalar_subquery()
    cohort_id = func.coalesce(theirs, Regrade.cohort_id)
    return select(Cohort.programme_id).where(Cohort.id == cohort_id).scalar_subquery()


def _programmes(regrade: Regrade, one: UUID | None) -> frozenset[UUID] | None:
    """Return the programmes whose results a correction may change; None for all."""
    if one is not None:
        return frozenset({one})
    return None if regrade.programmes is None else frozenset(map(UUID, regrade.programmes))


def _count_changed(regrade_ids: Sequence[UUID], scope: ColumnElement[bool]) -> dict[UUID, int]:
    """Count the results in scope that each correction changed."""
    rows = db.session.execute(
        select(RegradedAttempt.regrade_id, func.count())
        .join(Attempt, Attempt.id == RegradedAttempt.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(RegradedAttempt.regrade_id.in_(regrade_ids), scope)
        .group_by(RegradedAttempt.regrade_id)
    ).all()
    return {row[0]: row[1] for row in rows}


def list_quizzes(release_id: UUID) -> list[QuizUnit]:
    """Return the quizzes of a release that are graded, in order."""
    ids = db.session.scalars(
        select(Unit.id)
        .where(Unit.release_id == release_id, Unit.kind == UnitKind.QUIZ)
        .order_by(Unit.position, Unit.id)
    )
    found = [get_quiz(each) for each in ids]
    return [each for each in found if not (each.quiz.is_survey or each.quiz.is_plan)]


def find_quiz(release_id: UUID, unit_id: UUID) -> QuizUnit:
    """Return a quiz of a release; raises NotFound."""
    found = next((each for each in list_quizzes(release_id) if each.id == unit_id), None)
    if found is None:
        raise NotFound
    return found


def _scope(regrade: Regrade) -> ColumnElement[bool]:
    if regrade.enrolment_id is not None:
        return Enrolment.id == regrade.enrolment_id
    scope = true() if regrade.cohort_id is None else Cohort.id == regrade.cohort_id
    if regrade.programmes is None:
        return scope
    return and_(scope, Cohort.programme_id.in_([UUID(each) for each in regrade.programmes]))


def _correction(regrade: Regrade) -> Correction:
    return correction_of(get_quiz(regrade.unit_id), regrade.question_id, regrade.change, regrade.value)


def _correct(regrade: Regrade, effect: Effect, *, now: datetime) -> None:
    """Write what the question earns now and what the attempt comes to; a passed quiz is never taken away."""
    attempt, answer = effect.attempt, effect.answer
    db.session.refresh(attempt, with_for_update=True)
    if answer is None:
        answer = Answer(
            id=new_id(), attempt_id=attempt.id, question_id=regrade.question_id, chosen=[], saved_at=now
        )
        db.session.add(answer)
    answer.earned = effect.after
    db.session.flush()
    if attempt.earned is not None:
        was_passed = attempt.is_passed
        enrolment = db.session.get_one(Enrolment, attempt.enrolment_id)
        attempts.complete(attempt, enrolment, actor=SYSTEM, now=counts_at(attempt, enrolment, now))
        attempt.is_passed = attempt.is_passed or was_passed
    _note(regrade, effect, now=now)


def _note(regrade: Regrade, effect: Effect, *, now: datetime) -> None:
    attempt = effect.attempt
    known = select(RegradedAttempt).where(
        RegradedAttempt.regrade_id == regrade.id, RegradedAttempt.attempt_id == attempt.id
    )
    row = db.session.scalar(known)
    if row is None:
        row = RegradedAttempt(
            id=new_id(),
            regrade_id=regrade.id,
            attempt_id=attempt.id,
            before=effect.before,
            after=effect.after,
        )
        db.session.add(row)
        regrade.changed += 1
    row.after = effect.after
    db.session.flush()
    publish(
        AttemptRegraded(
            at=now, actor=SYSTEM, subject_id=attempt.id, regrade_id=regrade.id, before=str(effect.before),
            after=str(effect.after), is_passed=bool(attempt.is_passed),
        )
    )  # fmt: skip


def _tell(regrade: Regrade, effect: Effect, *, now: datetime) -> None:
    person, attempt = effect.person, effect.attempt
    if not person.email or attempt.earned is None:
        return
    with speaking(person.language):
        text = _(
            "Buen día, %(name)s:\n\nCorregimos la calificación de una pregunta de «%(quiz)s» y su resultado "
            "cambió. Lo que ya estaba aprobado sigue aprobado.\n\nSu resultado:\n%(page)s\n",
            name=person.given_names, quiz=get_quiz(attempt.unit_id).quiz.title,
            page=absolute_url("attempts.result", attempt_id=attempt.id),
        )  # fmt: skip
        subject = _("Cambió el resultado de una evaluación")
    post(
        Message(to=person.email, subject=subject, text=text, key=f"regraded-{regrade.id}-{attempt.id}"),
        now=now,
    )


def go_on(regrade: Regrade, after: str, *, now: datetime) -> None:
    """Order the job that looks at the attempts after this one; at all of them where there is none."""
    order = RegradeBatch(regrade_id=str(regrade.id), after=after)
    enqueue(order, now=now, key=f"{order.code}:{regrade.id}:{after}")
