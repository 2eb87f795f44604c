"""From ids and an actor to two records, or to a merge, or nothing."""

from uuid import UUID

from lms.accounts.models import Person
from lms.core.actors import Actor
from lms.core.calendar import today
from lms.core.db import db
from lms.core.errors import NotFound
from lms.institutions.directory.access import access_person
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.merging import queries
from lms.institutions.merging.models import PersonMerge


def access_record(actor: Actor, person_id: UUID) -> Person:
    """Return a record that the actor may merge; a stranger cannot tell that it exists."""
    return access_person(actor, DirectoryPermission.MERGE_PEOPLE, person_id, on=today())


def access_merge(actor: Actor, merge_id: UUID) -> PersonMerge:
    """Return a merge of somebody whom the actor may merge."""
    statement = queries.merges_visible_to(actor, today()).where(PersonMerge.id == merge_id)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    merge: PersonMerge = row[0]
    return merge
