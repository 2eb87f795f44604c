"""Letters of the survey, and what time does to it."""

from uuid import UUID

from lms.assessments.follow_up import letters, measures, queries, service
from lms.assessments.follow_up.links import digest_of
from lms.assessments.follow_up.messages import AskFollowUp, InviteToMeasure, LookAfterFollowUps
from lms.assessments.follow_up.models import Respondent
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.jobs.orders import Progress


def ask_follow_up(order: AskFollowUp, _progress: Progress) -> None:
    """Write the letter, unless it was answered, closed or refused since."""
    try:
        asked = queries.get_survey(UUID(order.follow_up_id))
    except NotFound:
        return
    found, person = asked.follow_up, asked.person
    is_self = order.respondent == Respondent.SELF
    email = (person.email if person.is_active else "") if is_self else found.superior_email
    answered = found.answered_at if is_self else found.superior_answered_at
    if not email or answered or found.closes_on < today() or queries.is_refused(digest_of(email)):
        return
    write = letters.ask_person if is_self else letters.ask_superior
    write(asked, is_reminder=order.is_reminder)


def invite_to_measure(order: InviteToMeasure, _progress: Progress) -> None:
    """Write the letter, unless it was answered, closed or refused since, or the person left."""
    invited = measures.find_invited(UUID(order.invitation_id), today())
    if invited is not None and not queries.is_refused(digest_of(invited.person.email or "")):
        letters.ask_measure(invited, is_reminder=order.is_reminder)


def look_after_follow_ups(_order: LookAfterFollowUps, _progress: Progress) -> None:
    """Ask, remind and forget."""
    service.look_after(now=now(), day=today())
