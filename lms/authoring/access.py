"""From an id and an actor to a draft or something of it; a stranger gets the same answer as for a typo."""

from uuid import UUID

from lms.authoring import queries
from lms.authoring.models import Draft, DraftFile, FileRevision
from lms.authoring.permissions import AuthoringPermission
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound


def access_draft(actor: Actor, permission: AuthoringPermission, draft_id: UUID) -> Draft:
    """Return an open draft that this permission shows to the actor."""
    draft = db.session.scalar(queries.visible_to(actor, permission).where(Draft.id == draft_id))
    if draft is None:
        raise NotFound
    return draft


def may(actor: Actor, permission: AuthoringPermission, draft: Draft) -> bool:
    """Say whether the actor has a permission over a draft they already see."""
    found = db.session.scalar(
        queries.visible_to(actor, permission).where(Draft.id == draft.id).with_only_columns(Draft.id)
    )
    return found is not None


def access_file(draft: Draft, path: str) -> DraftFile:
    """Return a file of a draft that the actor already holds."""
    return queries.get_file(draft.id, path)


def access_revision(draft: Draft, revision_id: UUID) -> FileRevision:
    """Return an entry of the history of a draft that the actor already holds."""
    revision = db.session.get(FileRevision, revision_id)
    if revision is None or revision.draft_id != draft.id:
        raise NotFound
    return revision
