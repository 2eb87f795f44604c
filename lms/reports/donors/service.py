"""What can be done with the links of donors; the only writer of their table."""

from datetime import date, datetime

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.institutions.programmes.models import Programme
from lms.reports.donors.messages import SharingEnded, TotalsShared
from lms.reports.donors.models import DonorLink


def share(programme: Programme, *, reader: str, last_day: date, actor: Actor, now: datetime) -> DonorLink:
    """Make a link to the totals of a programme for a body outside, which opens until a day."""
    link = DonorLink(
        id=new_id(), programme_id=programme.id, reader=reader, made_at=now, last_day=last_day, revoked_at=None
    )
    db.session.add(link)
    db.session.flush()
    publish(
        TotalsShared(
            at=now, actor=actor, subject_id=programme.id, reader=reader, last_day=last_day.isoformat()
        )
    )
    return link


def close(link: DonorLink, *, actor: Actor, now: datetime) -> None:
    """Close a link at once; closing it twice changes nothing."""
    if link.revoked_at is None:
        link.revoked_at = now
        publish(SharingEnded(at=now, actor=actor, subject_id=link.programme_id, reader=link.reader))
