"""When reports are prepared, for whom, and whether their figures are public."""

from datetime import datetime

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.i18n import _
from lms.core.ids import new_id
from lms.institutions.programmes.models import Programme
from lms.reports.frozen import queries
from lms.reports.frozen.messages import ReportingChanged
from lms.reports.frozen.models import ReportRecipient, ReportSettings


def set_schedule(
    programme: Programme, *, days_after: int | None, sends_itself: bool, actor: Actor, now: datetime
) -> None:
    """Say how many days after each quarter its report is prepared, None for never."""
    settings = _settings(programme)
    settings.days_after, settings.sends_itself = days_after, sends_itself
    _say(programme, _("calendario"), actor, now)


def set_open(programme: Programme, *, is_open: bool, licence: str, actor: Actor, now: datetime) -> None:
    """Make the figures of the latest report public, or no longer."""
    settings = _settings(programme)
    settings.is_open, settings.licence = is_open, licence
    _say(programme, _("cifras públicas") if is_open else _("cifras públicas, apagadas"), actor, now)


def add_recipient(
    programme: Programme, address: str, *, is_approver: bool, actor: Actor, now: datetime
) -> ReportRecipient:
    """Send the reports of a programme to an address from now on; one that is there is set anew."""
    address = address.strip().lower()
    recipient, person = queries.find_recipient(programme.id, address), queries.find_person(address)
    if recipient is None:
        recipient = ReportRecipient(id=new_id(), programme_id=programme.id, address=address)
        db.session.add(recipient)
    recipient.person_id = person.id if person else None
    recipient.is_approver, recipient.is_active = is_approver, True
    db.session.flush()
    _say(programme, _("una destinataria más"), actor, now)
    return recipient


def remove_recipient(recipient: ReportRecipient, *, actor: Actor, now: datetime) -> None:
    """Send nothing more to a recipient, and close the links they have."""
    recipient.is_active = False
    event = ReportingChanged(
        at=now, actor=actor, subject_id=recipient.programme_id, what=_("una destinataria menos")
    )
    publish(event)


def _settings(programme: Programme) -> ReportSettings:
    settings = queries.find_settings(programme.id)
    if settings is None:
        settings = ReportSettings(
            programme_id=programme.id, days_after=None, sends_itself=False, is_open=False, licence=""
        )
        db.session.add(settings)
        db.session.flush()
    return settings


def _say(programme: Programme, what: str, actor: Actor, now: datetime) -> None:
    publish(ReportingChanged(at=now, actor=actor, subject_id=programme.id, what=what))
