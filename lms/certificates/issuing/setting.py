"""Writes down what a programme asks for its documents."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms.certificates.issuing.errors import RuleUnsound
from lms.certificates.issuing.messages import IssuingPolicySet
from lms.certificates.issuing.models import IssuingPolicy
from lms.certificates.issuing.policies import find_policy
from lms.certificates.issuing.rules import Rule, Term
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.institutions.programmes.models import Programme


@dataclass(frozen=True, kw_only=True)
class PolicyValues:
    """What an administrator writes down for one kind of document."""

    rule: Rule
    term: Term
    design: str
    title: str


def set_policy(
    programme: Programme, course_id: UUID | None, values: PolicyValues, *, actor: Actor, now: datetime
) -> IssuingPolicy:
    """Keep what is asked for one kind, in a course or in all; documents that were issued keep what they say.

    Raises RuleUnsound when a rule asks for less than its document states.
    """
    rule, term = values.rule, values.term
    if rule.is_issued and not rule.is_sound:
        raise RuleUnsound
    row = find_policy(programme.id, course_id, rule.kind)
    if row is None:
        row = IssuingPolicy(id=new_id(), programme_id=programme.id, course_id=course_id, kind=rule.kind)
        db.session.add(row)
    row.is_issued, row.asks_completion, row.asks_quizzes = (
        rule.is_issued, rule.asks_completion, rule.asks_quizzes,
    )  # fmt: skip
    row.attended_share, row.asked_seconds = rule.attended_share, rule.asked_seconds
    row.valid_months, row.renew_days_before, row.renew_days_after = (
        term.months, term.days_before, term.days_after,
    )  # fmt: skip
    row.design, row.title = values.design, values.title
    db.session.flush()
    publish(
        IssuingPolicySet(
            at=now, actor=actor, subject_id=programme.id, kind=rule.kind.value, course_id=course_id,
            written={"rule": str(rule), "term": str(term), "design": values.design, "title": values.title},
        )
    )  # fmt: skip
    return row


def remove_policy(row: IssuingPolicy, *, actor: Actor, now: datetime) -> None:
    """Let a course follow what holds for the whole programme again."""
    db.session.delete(row)
    db.session.flush()
    publish(
        IssuingPolicySet(
            at=now,
            actor=actor,
            subject_id=row.programme_id,
            kind=row.kind.value,
            course_id=row.course_id,
            written={},
        )
    )
