"""What can be done with seats and with who holds them."""

from dataclasses import asdict
from datetime import date, datetime, timedelta

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.institutions.commission import queries
from lms.institutions.commission.errors import HolderOutside, SeatDatesCrossed, SeatOverlaps
from lms.institutions.commission.messages import HolderLeft, HolderNamed, SeatChanged
from lms.institutions.commission.models import SeatHolder
from lms.institutions.commission.values import HolderValues, SeatValues
from lms.institutions.programmes.models import Membership


def change_seat(membership: Membership, values: SeatValues, *, actor: Actor, now: datetime) -> None:
    """Change the days, the kind and the resolution of a seat; raises SeatDatesCrossed and SeatOverlaps."""
    db.session.refresh(membership, with_for_update=True)
    if values.ends_on is not None and values.ends_on < values.starts_on:
        raise SeatDatesCrossed
    if queries.find_other_seat(membership, values.starts_on, values.ends_on):
        raise SeatOverlaps
    table = asdict(values)
    changed = tuple(name for name, value in table.items() if getattr(membership, name) != value)
    for name in changed:
        setattr(membership, name, table[name])
    db.session.flush()  # whoever is named next reads the seat again
    if changed:
        publish(
            SeatChanged(
                at=now,
                actor=actor,
                subject_id=membership.programme_id,
                institution_id=membership.institution_id,
                fields=changed,
            )
        )


def name_holder(membership: Membership, values: HolderValues, *, actor: Actor, now: datetime) -> SeatHolder:
    """Name somebody to a seat; whoever held it leaves the day before. Raises HolderOutside."""
    db.session.refresh(membership, with_for_update=True)
    is_over = membership.ends_on is not None and values.starts_on > membership.ends_on
    latest = queries.find_latest_holder(membership.id, values.rank)
    if values.starts_on < membership.starts_on or is_over:
        raise HolderOutside
    if latest and latest.starts_on >= values.starts_on:
        raise HolderOutside
    if latest and (latest.ends_on is None or latest.ends_on >= values.starts_on):
        latest.ends_on = values.starts_on - timedelta(days=1)
        db.session.flush()  # the open one gives way before the new one comes
    holder = SeatHolder(id=new_id(), membership_id=membership.id, **asdict(values))
    db.session.add(holder)
    db.session.flush()
    publish(
        HolderNamed(
            at=now,
            actor=actor,
            subject_id=membership.programme_id,
            membership_id=membership.id,
            rank=values.rank.value,
            starts_on=values.starts_on,
        )
    )
    return holder


def end_holder(
    membership: Membership, holder: SeatHolder, *, ends_on: date, actor: Actor, now: datetime
) -> None:
    """Note that somebody holds a seat until a day and no longer; never before the day it began."""
    db.session.refresh(holder, with_for_update=True)
    holder.ends_on = max(ends_on, holder.starts_on)
    publish(
        HolderLeft(
            at=now,
            actor=actor,
            subject_id=membership.programme_id,
            membership_id=membership.id,
            rank=holder.rank.value,
            ends_on=holder.ends_on,
        )
    )
