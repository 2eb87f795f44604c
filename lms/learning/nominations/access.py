"""From an id and an actor to a call or a nomination, or nothing."""

from uuid import UUID

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.learning.models import Cohort
from lms.learning.nominations import queries
from lms.learning.nominations.models import Nomination
from lms.learning.nominations.permissions import NominationPermission
from lms.learning.nominations.queries import OpenCall
from lms.learning.queries import visible_cohorts


def access_cohort(actor: Actor, permission: NominationPermission, cohort_id: UUID) -> Cohort:
    """Return the cohort whose call the actor reads or, having its programme, manages."""
    cohort = db.session.scalar(visible_cohorts(actor, permission).where(Cohort.id == cohort_id))
    if cohort is None or (permission is NominationPermission.MANAGE and not manages(actor, cohort)):
        raise NotFound
    return cohort


def manages(actor: Actor, cohort: Cohort) -> bool:
    """Say whether the actor decides about the nominations of a cohort: a role in one cohort reads and no more."""
    reach = actor.reach(NominationPermission.MANAGE)
    return reach.everywhere or cohort.programme_id in reach.programmes


def access_call(actor: Actor, permission: NominationPermission, cohort_id: UUID) -> OpenCall:
    """Return the call of a cohort for the staff."""
    found = queries.find_call(access_cohort(actor, permission, cohort_id).id)
    if found is None:
        raise NotFound
    return found


def access_own_call(actor: Actor, call_id: UUID) -> OpenCall:
    """Return a call in which the actor's institutions have places."""
    found = queries.find_call_for(actor, call_id)
    if found is None:
        raise NotFound
    return found


def access_nomination(actor: Actor, permission: NominationPermission, nomination_id: UUID) -> Nomination:
    """Return a nomination that the permission reaches; a stranger cannot tell that it exists."""
    nomination = queries.find_reached(actor, permission, nomination_id)
    if nomination is None:
        raise NotFound
    return nomination
