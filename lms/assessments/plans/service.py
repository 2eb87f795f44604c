"""What can be done with plans; the only writer of their table."""

from datetime import datetime
from uuid import UUID

from lms.accounts.queries import get_person
from lms.assessments.attempts import grading
from lms.assessments.attempts import queries as attempts
from lms.assessments.attempts import service as answering
from lms.assessments.attempts.errors import NotForGrading
from lms.assessments.attempts.models import Attempt
from lms.assessments.attempts.queries import QuizUnit
from lms.assessments.plans import queries, rules
from lms.assessments.plans.errors import (
    AlreadyDecided,
    CommentNeeded,
    OwnPlan,
    OwnSuperior,
    PlanUnfinished,
)
from lms.assessments.plans.letters import tell_decision
from lms.assessments.plans.messages import (
    AskSuperior,
    PlanApproved,
    PlanReturned,
    PlanSent,
    PlanSentAgain,
)
from lms.assessments.plans.models import Plan, PlanState
from lms.assessments.plans.queries import SentPlan
from lms.assessments.plans.rules import Decision, Superior
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.learning.models import Enrolment
from lms.learning.queries import get_enrolment

ANSWERED = (PlanState.CHANGES, PlanState.APPROVED)


def write_plan(enrolment: Enrolment, quiz: QuizUnit, *, actor: Actor, now: datetime) -> Attempt:
    """Open a plan to be written; one that came back begins with what it said. Raises what start_attempt does."""
    before = attempts.list_attempts(enrolment.id, quiz.id)
    attempt = answering.start_attempt(enrolment, quiz, actor=actor, now=now)
    if before and attempt.id != before[-1].id:
        for question_id, answer in attempts.answers_of(before[-1].id).items():
            answering.save_answer(attempt, question_id, answer.chosen, now=now)
    return attempt


def send_plan(attempt: Attempt, superior: Superior, *, actor: Actor, now: datetime) -> Plan:
    """Hand in a plan and write to the superior; sending twice is once.

    Raises OwnSuperior, PlanUnfinished and QuizClosed.
    """
    db.session.refresh(attempt, with_for_update=True)
    enrolment = get_enrolment(attempt.enrolment_id)
    if attempt.submitted_at is not None:
        return queries.list_sendings(enrolment.id, attempt.unit_id)[-1]
    _check_superior(enrolment.person_id, superior)
    if not all(part.text for part in queries.parts_of(attempt)):
        raise PlanUnfinished
    answering.submit(attempt, actor=actor, now=now)
    plan = Plan(
        id=new_id(),
        attempt_id=attempt.id,
        state=PlanState.SENT,
        sent_at=now,
        letters=0,
        **_columns(superior),
    )
    db.session.add(plan)
    _write_letter(plan, now=now)
    publish(
        PlanSent(at=now, actor=actor, subject_id=plan.id, enrolment_id=enrolment.id, attempt_id=attempt.id)
    )
    return plan


def send_again(plan: Plan, superior: Superior, *, actor: Actor, now: datetime) -> None:
    """Write to the superior once more, or to another one: the links of another address die.

    Raises OwnSuperior and AlreadyDecided.
    """
    _hold(plan)
    _check_superior(
        get_enrolment(db.session.get_one(Attempt, plan.attempt_id).enrolment_id).person_id, superior
    )
    is_elsewhere = plan.superior_email != superior.email.lower()
    for name, value in _columns(superior).items():
        setattr(plan, name, value)
    _write_letter(plan, now=now)
    publish(PlanSentAgain(at=now, actor=actor, subject_id=plan.id, is_elsewhere=is_elsewhere))


def decide(sent: SentPlan, decision: Decision, *, actor: Actor, now: datetime) -> None:
    """Keep the answer to a plan and tell the person; approved it finishes its unit.

    Raises CommentNeeded, OwnPlan and AlreadyDecided.
    """
    plan = sent.plan
    if actor.person_id is not None and actor.person_id == sent.person.id:
        raise OwnPlan
    if not decision.is_approved and not decision.comment.strip():
        raise CommentNeeded
    _hold(plan)
    plan.state = PlanState.APPROVED if decision.is_approved else PlanState.CHANGES
    plan.comment = decision.comment.strip()[: rules.LONGEST_COMMENT]
    plan.decided_at, plan.decided_by = now, actor.person_id
    try:
        grading.settle_plan(sent.attempt, is_approved=decision.is_approved, actor=actor, now=now)
    except NotForGrading as refusal:
        raise AlreadyDecided from refusal
    kind = PlanApproved if decision.is_approved else PlanReturned
    way = "aplicación" if actor.person_id else "enlace"
    publish(kind(at=now, actor=actor, subject_id=plan.id, enrolment_id=sent.enrolment.id, way=way))
    tell_decision(sent, now=now)


def look_after(*, now: datetime) -> None:
    """Remind the superiors who have not answered in a week, and forget the addresses that are of no more use."""
    for plan in queries.list_with_address([PlanState.SENT, *ANSWERED]):
        if rules.is_address_useless(plan.mailed_at, plan.decided_at, now):
            plan.superior_email = ""
        elif rules.is_reminder_due(plan.mailed_at, plan.letters, now):
            _write_letter(plan, is_reminder=True, now=now)
    db.session.flush()


def _hold(plan: Plan) -> None:
    """Keep the plan from others until the transaction ends; raises AlreadyDecided."""
    db.session.refresh(plan, with_for_update=True)
    if plan.state is not PlanState.SENT:
        raise AlreadyDecided


def _check_superior(person_id: UUID, superior: Superior) -> None:
    if superior.email.lower() == (get_person(person_id).email or "").lower():
        raise OwnSuperior


def _columns(superior: Superior) -> dict[str, str]:
    return {
        "superior_name": superior.name,
        "superior_post": superior.post,
        "superior_email": superior.email.lower(),
    }


def _write_letter(plan: Plan, *, now: datetime, is_reminder: bool = False) -> None:
    plan.letters += 1
    plan.mailed_at = now
    db.session.flush()
    order = AskSuperior(plan_id=str(plan.id), number=plan.letters, is_reminder=is_reminder)
    enqueue(order, now=now, key=f"{order.code}:{plan.id}:{plan.letters}")
