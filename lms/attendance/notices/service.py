"""What can be done about notices; with ``sending`` the only writer of their tables."""

from collections.abc import Mapping
from datetime import datetime

from lms.accounts.models import Person
from lms.attendance.notices import queries
from lms.attendance.notices.errors import NoticeWaits
from lms.attendance.notices.messages import (
    NoticeAskedAgain,
    NoticesAccepted,
    NoticesRefused,
    NoticesSet,
    QuietHoursSet,
)
from lms.attendance.notices.models import Notice, NoticeRefusal, QuietHours
from lms.attendance.notices.rules import ABOUT_CALLS, NoticeKind, NoticeState, NoticeValues, Quiet
from lms.attendance.notices.sending import Round, send_all
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort
from lms.learning.nominations.messages import CallOpened


def set_notices(
    cohort: Cohort, values: Mapping[NoticeKind, NoticeValues], *, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """Say which notices a cohort sends; return the kinds that changed."""
    known, changed = queries.notices_of(cohort.id), []
    for kind, wanted in values.items():
        row = known[kind]
        if (row.is_on, row.amount, row.extra) == (wanted.is_on, wanted.amount, wanted.extra):
            continue
        row.is_on, row.amount, row.extra = wanted.is_on, wanted.amount, wanted.extra
        db.session.add(row)
        changed.append(kind.value)
    if changed:
        publish(NoticesSet(at=now, actor=actor, subject_id=cohort.id, kinds=tuple(changed)))
    return tuple(changed)


def note_call(event: CallOpened) -> None:
    """A cohort has a call: its focal points are reminded and told the results, unless somebody turns that off."""
    known = queries.notices_of(event.cohort_id)
    for kind in sorted(ABOUT_CALLS):
        row = known[kind]
        if row.id is None:
            row.is_on = True
            db.session.add(row)


def set_quiet_hours(programme: Programme, quiet: Quiet, *, actor: Actor, now: datetime) -> bool:
    """Say when a programme writes to nobody; return whether that is new."""
    if queries.quiet_of(programme.id) == quiet:
        return False
    row = db.session.get(QuietHours, programme.id) or QuietHours(programme_id=programme.id)
    row.starts, row.ends, row.on_weekends = quiet.starts, quiet.ends, quiet.on_weekends
    db.session.add(row)
    publish(QuietHoursSet(at=now, actor=actor, subject_id=programme.id))
    return True


def refuse(person: Person, *, actor: Actor, now: datetime) -> None:
    """Send a person no more notices but the indispensable ones; asking twice changes nothing."""
    if queries.refuses(person.id):
        return
    db.session.add(NoticeRefusal(person_id=person.id, refused_at=now))
    publish(NoticesRefused(at=now, actor=actor, subject_id=person.id))


def accept(person: Person, *, actor: Actor, now: datetime) -> None:
    """Send a person notices again."""
    if row := db.session.get(NoticeRefusal, person.id):
        db.session.delete(row)
        publish(NoticesAccepted(at=now, actor=actor, subject_id=person.id))


def send_again(notice: Notice, *, actor: Actor, now: datetime) -> Notice:
    """Send a notice once more, at once or when the quiet hours are over, if it still has something to tell.

    Raises NoticeWaits for one that has not left for the first time.
    """
    if notice.state is NoticeState.WAITING:
        raise NoticeWaits
    notice.state, notice.reason, notice.due_at = NoticeState.WAITING, None, now
    publish(NoticeAskedAgain(at=now, actor=actor, subject_id=notice.id))
    send_all([notice], Round(edition=queries.edition_of(notice.cohort_id), now=now))
    return notice
