"""Reads about the links of donors."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import list_programmes_for
from lms.reports.donors.models import DonorLink
from lms.reports.donors.permissions import DonorPermission


def access_whole(actor: Actor, programme_id: UUID) -> Programme:
    """Return a programme whose totals the actor may share; raises NotFound for any other."""
    found = (each for each in list_programmes_for(actor, DonorPermission.SHARE) if each.id == programme_id)
    programme = next(found, None)
    if programme is None or not can_share(actor, programme):
        raise NotFound
    return programme


def can_share(actor: Actor, programme: Programme) -> bool:
    """Say whether the actor may let others read the totals of a programme."""
    reach = actor.reach(DonorPermission.SHARE)
    return reach.everywhere or programme.id in reach.programmes


def access_link(programme: Programme, link_id: UUID) -> DonorLink:
    """Return a link of a programme already loaded."""
    link = db.session.get(DonorLink, link_id)
    if link is None or link.programme_id != programme.id:
        raise NotFound
    return link


def list_links(programme_id: UUID) -> Sequence[DonorLink]:
    """Return the links of a programme, the newest first."""
    return db.session.scalars(
        select(DonorLink)
        .where(DonorLink.programme_id == programme_id)
        .order_by(DonorLink.made_at.desc(), DonorLink.id)
    ).all()
