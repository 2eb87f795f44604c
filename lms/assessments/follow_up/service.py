"""What can be done with the survey; the only writer of its tables."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from lms.assessments.follow_up import measures, queries, rules
from lms.assessments.follow_up.errors import OwnSuperior, SurveyLinkRefused
from lms.assessments.follow_up.links import Opened, digest_of
from lms.assessments.follow_up.messages import (
    AskFollowUp,
    FollowUpAnswered,
    FollowUpSet,
    InviteToMeasure,
    LettersRefused,
)
from lms.assessments.follow_up.models import (
    FollowUp,
    FollowUpAnswer,
    FollowUpReply,
    FollowUpSetting,
    LetterRefusal,
    MeasureInvitation,
    Respondent,
)
from lms.assessments.follow_up.rules import Given
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.institutions.programmes.models import Programme


def set_follow_up(programme: Programme, day: int | None, *, actor: Actor, now: datetime) -> None:
    """Let a programme ask so many days after each completion; None stops it."""
    setting = queries.find_setting(programme.id)
    if day is None:
        if setting is not None:
            db.session.delete(setting)
    elif setting is None:
        db.session.add(FollowUpSetting(programme_id=programme.id, day=day))
    else:
        setting.day = day
    db.session.flush()
    publish(FollowUpSet(at=now, actor=actor, subject_id=programme.id, day=day or 0))


def answer(opened: Opened, given: Given, *, actor: Actor, now: datetime, day: date) -> None:
    """Keep what somebody answered, once, and ask the superior whom the person named.

    Raises OwnSuperior, and SurveyLinkRefused when it was answered meanwhile.
    """
    found = opened.asked.follow_up
    email = given.superior_email.lower()
    if opened.respondent is Respondent.SELF and email and email == (opened.asked.person.email or "").lower():
        raise OwnSuperior
    db.session.refresh(found, with_for_update=True)
    if opened.is_answered:
        raise SurveyLinkRefused
    _keep(opened, given)
    if opened.respondent is Respondent.SUPERIOR:
        found.superior_answered_at, found.superior_name, found.superior_email = now, "", ""
    else:
        found.answered_at = now
        if email and not queries.is_refused(digest_of(email)):
            found.superior_name, found.superior_email = given.superior_name, email
            found.superior_asked_on = day
            _ask(found, Respondent.SUPERIOR, now=now)
    db.session.flush()
    publish(FollowUpAnswered(at=now, actor=actor, subject_id=found.id, respondent=opened.respondent.value))


def refuse_letters(opened: Opened, *, actor: Actor, now: datetime) -> None:
    """Write to an address no more; a superior's is forgotten at once. Asking twice is once."""
    if queries.is_refused(opened.digest):
        return
    db.session.add(LetterRefusal(digest=opened.digest, refused_at=now))
    found = opened.asked.follow_up
    if opened.respondent is Respondent.SUPERIOR:
        found.superior_name, found.superior_email = "", ""
    db.session.flush()
    publish(LettersRefused(at=now, actor=actor, subject_id=found.id))


def look_after(*, now: datetime, day: date) -> None:
    """Ask and invite whose day has come, remind who has not answered, and forget the addresses of no more use."""
    for setting in queries.list_settings():
        for completion, email in queries.list_to_ask(setting, day):
            if queries.is_refused(digest_of(email)):
                continue
            closes_on = rules.closing_day(completion.completed_on, setting.day)
            found = FollowUp(id=new_id(), completion_id=completion.id, asked_on=day, closes_on=closes_on)
            db.session.add(found)
            db.session.flush()
            _ask(found, Respondent.SELF, now=now)
    for completion, quiz in measures.list_to_invite(day):
        invitation = MeasureInvitation(
            id=new_id(), completion_id=completion.id, unit_id=quiz.id, asked_on=day
        )
        db.session.add(invitation)
        db.session.flush()
        _invite(invitation, now=now)
    for invitation in measures.list_to_remind(day):
        invitation.reminded_on = day
        _invite(invitation, is_reminder=True, now=now)
    for found in queries.list_with_useless_address(day):
        found.superior_name, found.superior_email = "", ""
    for found in queries.list_open(day):
        _remind(found, now=now, day=day)
    db.session.flush()


def _remind(found: FollowUp, *, now: datetime, day: date) -> None:
    is_due = rules.is_reminder_due(found.asked_on, found.closes_on, day)
    if found.answered_at is None and found.reminded_on is None and is_due:
        found.reminded_on = day
        _ask(found, Respondent.SELF, is_reminder=True, now=now)
    asked_on = found.superior_asked_on
    if asked_on is None or not found.superior_email or found.superior_reminded_on is not None:
        return
    if rules.is_reminder_due(asked_on, found.closes_on, day):
        found.superior_reminded_on = day
        _ask(found, Respondent.SUPERIOR, is_reminder=True, now=now)


def _keep(opened: Opened, given: Given) -> None:
    if given.unit_id is not None:
        for question, chosen in given.chosen.items():
            db.session.add(_reply(opened, given.unit_id, question, chosen))
        return
    for question, value in given.values.items():
        db.session.add(_row(opened, question, value=value))
    if given.text:
        db.session.add(_row(opened, rules.OPEN, text=given.text[: rules.LONGEST_TEXT]))


def _row(opened: Opened, question: str, *, value: int | None = None, text: str = "") -> FollowUpAnswer:
    return FollowUpAnswer(
        id=new_id(),
        follow_up_id=opened.asked.follow_up.id,
        respondent=opened.respondent,
        question=question,
        value=value,
        text=text,
    )


def _reply(opened: Opened, unit_id: UUID, question: str, chosen: Sequence[str]) -> FollowUpReply:
    return FollowUpReply(
        id=new_id(),
        follow_up_id=opened.asked.follow_up.id,
        unit_id=unit_id,
        question_id=question,
        chosen=list(chosen),
    )


def _ask(found: FollowUp, respondent: Respondent, *, now: datetime, is_reminder: bool = False) -> None:
    order = AskFollowUp(follow_up_id=str(found.id), respondent=respondent.value, is_reminder=is_reminder)
    enqueue(order, now=now, key=f"{order.code}:{found.id}:{respondent.value}:{is_reminder}")


def _invite(invitation: MeasureInvitation, *, now: datetime, is_reminder: bool = False) -> None:
    order = InviteToMeasure(invitation_id=str(invitation.id), is_reminder=is_reminder)
    enqueue(order, now=now, key=f"{order.code}:{invitation.id}:{is_reminder}")
