"""From an approved draft to a release: the same bytes, numbered and kept; who studies an earlier one stays on it."""

from datetime import datetime

from lms.authoring import comparing, queries, reviewing, service
from lms.authoring.compiling import read_tree
from lms.authoring.errors import HasErrors, NotApproved, NothingChanged, OldBase, ReleasedBefore
from lms.authoring.messages import DraftReleased
from lms.authoring.models import Draft
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import DomainError
from lms.core.events import publish
from lms.courses.models import Release
from lms.courses.queries import find_release_of_hash, get_course
from lms.courses.service import Declaration, release_tree


def refusal_of(draft: Draft) -> DomainError | None:
    """Return why a draft cannot be released now, None when it can."""
    newest = comparing.newest_release(draft)
    if draft.errors:
        return HasErrors()
    if newest and find_release_of_hash(newest.course_id, draft.tree_hash):
        return NothingChanged() if newest.content_hash == draft.tree_hash else ReleasedBefore()
    if newest and newest.id != draft.based_on_id:
        return OldBase()
    return None if reviewing.is_approved(draft) else NotApproved()


def release_draft(draft: Draft, declared: Declaration, *, actor: Actor, now: datetime) -> Release:
    """Make a release of an approved draft; the draft goes on from it.

    Raises what ``refusal_of`` says; ClassContradicted and NamesLost of the release itself.
    """
    db.session.refresh(draft, with_for_update=True)
    if refusal := refusal_of(draft):
        raise refusal
    tree = read_tree(queries.files_of(draft.id))
    made = release_tree(tree, draft.slug, declared=declared, actor=actor, now=now)
    service.rebase(draft, made, get_course(made.course_id))
    publish(
        DraftReleased(
            at=now, actor=actor, subject_id=draft.id, title=draft.title, number=made.number,
            change_class=(made.change_class or "new"),
        )
    )  # fmt: skip
    return made


def catch_up(draft: Draft) -> Release | None:
    """Go on from the newest release, whose changes the authors say they have taken in; None without one."""
    newest = comparing.newest_release(draft)
    if newest:
        service.rebase(draft, newest, get_course(newest.course_id))
    return newest
