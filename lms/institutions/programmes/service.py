"""What can be done with programmes; the only writer of their tables."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlalchemy import delete

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.institutions.directory.models import Institution
from lms.institutions.programmes import queries
from lms.institutions.programmes.errors import CodeFrozen, CodeTaken
from lms.institutions.programmes.messages import (
    MemberAdded,
    MemberLeft,
    ProgrammeChanged,
    ProgrammeCreated,
    SignatoriesSet,
    TargetSet,
)
from lms.institutions.programmes.models import Membership, MembershipKind, Programme, Signatory, Target
from lms.institutions.programmes.rules import ProgrammeValues


def create_programme(values: ProgrammeValues, *, actor: Actor, now: datetime) -> Programme:
    """Create a programme; raises CodeTaken."""
    if queries.find_programme_by_code(values.code):
        raise CodeTaken
    programme = Programme(id=new_id(), **asdict(values))
    db.session.add(programme)
    db.session.flush()
    publish(ProgrammeCreated(at=now, actor=actor, subject_id=programme.id, name=programme.name))
    return programme


def change_programme(programme: Programme, values: ProgrammeValues, *, actor: Actor, now: datetime) -> None:
    """Change everything but the code; raises CodeFrozen."""
    if values.code != programme.code:
        raise CodeFrozen
    table = asdict(values)
    changed = tuple(name for name, value in table.items() if getattr(programme, name) != value)
    for name in changed:
        setattr(programme, name, table[name])
    if changed:
        publish(ProgrammeChanged(at=now, actor=actor, subject_id=programme.id, fields=changed))


def add_member(
    programme: Programme,
    institution: Institution,
    *,
    kind: MembershipKind,
    starts_on: date,
    actor: Actor,
    now: datetime,
) -> Membership:
    """Let an institution take part from a day on; one that already does is returned as it is."""
    if known := queries.find_open_membership(programme.id, institution.id, starts_on):
        return known
    membership = Membership(
        id=new_id(), programme_id=programme.id, institution_id=institution.id, kind=kind, starts_on=starts_on
    )
    db.session.add(membership)
    db.session.flush()
    publish(
        MemberAdded(
            at=now, actor=actor, subject_id=programme.id, institution_id=institution.id, starts_on=starts_on
        )
    )
    return membership


def end_membership(membership: Membership, *, ends_on: date, actor: Actor, now: datetime) -> None:
    """End a membership; its day of leaving is not before the day it began."""
    membership.ends_on = max(ends_on, membership.starts_on - timedelta(days=1))
    publish(
        MemberLeft(
            at=now,
            actor=actor,
            subject_id=membership.programme_id,
            institution_id=membership.institution_id,
            ends_on=membership.ends_on,
        )
    )


def set_target(
    programme: Programme,
    institution: Institution,
    *,
    year: int,
    share: float,
    source: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Set what share of its enrolled people an institution should reach in a year."""
    target = queries.find_target(programme.id, institution.id, year)
    if target is None:
        target = Target(
            id=new_id(), programme_id=programme.id, institution_id=institution.id, year=year, share=share
        )
        db.session.add(target)
    target.share, target.source = share, source
    publish(
        TargetSet(
            at=now,
            actor=actor,
            subject_id=programme.id,
            institution_id=institution.id,
            year=year,
            share=share,
        )
    )


def set_signatories(
    programme: Programme, people: Sequence[tuple[str, str]], *, actor: Actor, now: datetime
) -> None:
    """Set who signs, as (printed name, post) in order; certificates already issued keep theirs."""
    db.session.execute(delete(Signatory).where(Signatory.programme_id == programme.id))
    for position, (name, post) in enumerate(people, start=1):
        db.session.add(Signatory(programme_id=programme.id, position=position, name=name, post=post))
    posts = tuple(post for _name, post in people)
    publish(SignatoriesSet(at=now, actor=actor, subject_id=programme.id, posts=posts))
