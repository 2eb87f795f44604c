"""Reads about lists of enrolments."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.jobs.models import Job
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import list_programmes_for
from lms.reports.lists.messages import MakeList
from lms.reports.lists.models import EnrolmentList
from lms.reports.lists.permissions import ListPermission


def can_take(actor: Actor, programme: Programme) -> bool:
    """Say whether the actor may read everything of a programme."""
    reach = actor.reach(ListPermission.TAKE)
    return reach.everywhere or programme.id in reach.programmes


def access_whole(actor: Actor, programme_id: UUID) -> Programme:
    """Return a programme of which the actor may read everything; raises NotFound for any other."""
    found = (each for each in list_programmes_for(actor, ListPermission.TAKE) if each.id == programme_id)
    programme = next(found, None)
    if programme is None or not can_take(actor, programme):
        raise NotFound
    return programme


def access_list(actor: Actor, list_id: UUID) -> EnrolmentList:
    """Return a list to whoever asked for it, while they may read everything of its programme, or of all of them."""
    found = db.session.get(EnrolmentList, list_id)
    is_own = found is not None and found.person_id == actor.person_id
    if found is None or not (is_own or actor.reach(ListPermission.TAKE).everywhere):
        raise NotFound
    access_whole(actor, found.programme_id)
    return found


def list_own(actor: Actor, programme: Programme) -> Sequence[EnrolmentList]:
    """Return the lists of a programme that the actor asked for, the newest first."""
    return db.session.scalars(
        select(EnrolmentList)
        .where(EnrolmentList.programme_id == programme.id, EnrolmentList.person_id == actor.person_id)
        .order_by(EnrolmentList.asked_at.desc(), EnrolmentList.id)
    ).all()


def job_of(found: EnrolmentList) -> Job | None:
    """Return the job that makes a list, while its row is kept."""
    return db.session.scalar(select(Job).where(Job.key == job_key(found.id)))


def job_key(list_id: UUID) -> str:
    """Return the key under which a list is made once."""
    return f"{MakeList.code}:{list_id}"
