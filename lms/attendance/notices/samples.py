"""What the indispensable e-mails of a cohort say, with the data of somebody of it; nothing is sent."""

from collections.abc import Iterator
from datetime import datetime

from lms.accounts.letters import Letter, invitation
from lms.attendance.notices.calls import standing_of
from lms.attendance.notices.queries import list_people
from lms.core.i18n import _
from lms.core.mail import Message
from lms.learning import letters as place_letters
from lms.learning.models import Cohort
from lms.learning.nominations import letters as call_letters
from lms.learning.nominations.history import sample_of_each_state


def samples_of(cohort: Cohort, now: datetime) -> list[Letter | Message]:
    """Return one letter of each kind as its reader would see it; what nobody could get yet is left out."""
    return [*_of_places(cohort), *_of_call(cohort, now)]


def _of_places(cohort: Cohort) -> Iterator[Letter | Message]:
    people = list_people(cohort.id)
    for each in people[:1]:
        reason = place_letters.say_place(cohort, each.person)
        yield invitation(each.person, reason=reason, address=_("(enlace personal)"))
        yield place_letters.enrolled(each.enrolment, each.person, cohort)


def _of_call(cohort: Cohort, now: datetime) -> Iterator[Message]:
    standing = standing_of(cohort.id, now)
    part = next(iter(standing.parts.values()), None) if standing else None
    if standing is None or part is None:
        return
    yield call_letters.announcement(standing.found, part.person)
    for nomination in sample_of_each_state(standing.found.id):
        yield call_letters.verdict(standing.found, nomination, part.person, now=now)
