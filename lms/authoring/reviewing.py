"""Reviews of drafts: asking, remarking, approving with four eyes, returning."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import undefer

from lms.accounts.models import Person, RoleAssignment
from lms.authoring import announcing, queries, rules, service
from lms.authoring.errors import DraftMoved, HasErrors, NothingChanged, ReviewClosed
from lms.authoring.messages import (
    DraftApproved,
    DraftApprovedAlone,
    DraftReturned,
    ReviewRequested,
    ReviewWithdrawn,
)
from lms.authoring.models import Draft, DraftPerson, FileRevision, Part, Review, ReviewComment, ReviewState
from lms.authoring.permissions import AuthoringPermission
from lms.core.actors import Actor, Role, ScopeKind
from lms.core.context import role_grants
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.events import publish
from lms.core.ids import new_id
from lms.courses.stored import list_source


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A review as a list shows it."""

    review: Review
    requested_by: str
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRow:
    """A remark with who made it."""

    comment: ReviewComment
    by: str


def ask(draft: Draft, *, note: str, actor: Actor, now: datetime) -> Review:
    """Ask for the review of a draft as it is now; an earlier request gives way to this one.

    Raises HasErrors, and NothingChanged when the draft is the release it started from.
    """
    service.hold(draft)
    service.recount(draft)
    if draft.errors:
        raise HasErrors
    release = queries.get_release_of(draft)
    if release and release.content_hash == draft.tree_hash:
        raise NothingChanged
    if earlier := find_open(draft.id):
        withdraw(earlier, draft, actor=actor, now=now)
    review = Review(
        id=new_id(), draft_id=draft.id, requested_by_id=actor.person_id, requested_at=now, request_note=note,
        text_hash=draft.text_hash, files=queries.files_of(draft.id), state=ReviewState.OPEN,
    )  # fmt: skip
    db.session.add(review)
    db.session.flush()
    publish(
        ReviewRequested(
            at=now, actor=actor, subject_id=draft.id, title=draft.title, review_id=review.id,
            text_hash=review.text_hash,
        )
    )  # fmt: skip
    announcing.tell_requested(review, draft, list_told(draft, actor.person_id), now=now)
    return review


def withdraw(review: Review, draft: Draft, *, actor: Actor, now: datetime) -> None:
    """Take a request back; raises ReviewClosed when it was decided."""
    _close(review, ReviewState.WITHDRAWN, actor=actor, now=now, note="")
    publish(ReviewWithdrawn(at=now, actor=actor, subject_id=draft.id, title=draft.title, review_id=review.id))


def remark(review: Review, *, path: str, line: int, text: str, actor: Actor, now: datetime) -> ReviewComment:
    """Add a remark about a line, a file or the whole; raises ReviewClosed."""
    if review.state is not ReviewState.OPEN:
        raise ReviewClosed
    comment = ReviewComment(
        id=new_id(), review_id=review.id, path=path, line=line if path else 0, text=text, by_id=actor.person_id,
        at=now,
    )  # fmt: skip
    db.session.add(comment)
    db.session.flush()
    return comment


def approve(review: Review, draft: Draft, *, note: str, actor: Actor, now: datetime) -> None:
    """Approve exactly the files that were asked about.

    Raises ReviewClosed, DraftMoved when the draft has other files by now, and OwnReview or ReasonNeeded when
    whoever wrote or asked approves: that is possible only where nobody else can, with a reason that the audit keeps.
    """
    if review.text_hash != draft.text_hash:
        raise DraftMoved
    own = own_part(review, draft, actor)
    is_alone = rules.check_approval(is_own=own.is_own, others=own.others, reason=note)
    _close(review, ReviewState.APPROVED, actor=actor, now=now, note=note)
    kind = DraftApprovedAlone if is_alone else DraftApproved
    reason = {"reason": note} if is_alone else {}
    publish(
        kind(
            at=now, actor=actor, subject_id=draft.id, title=draft.title, review_id=review.id,
            text_hash=review.text_hash, **reason,
        )
    )  # fmt: skip
    announcing.tell_decided(review, draft, now=now)


def send_back(review: Review, draft: Draft, *, note: str, actor: Actor, now: datetime) -> None:
    """Return a draft to its authors with a note; raises ReviewClosed."""
    _close(review, ReviewState.RETURNED, actor=actor, now=now, note=note)
    publish(DraftReturned(at=now, actor=actor, subject_id=draft.id, title=draft.title, review_id=review.id))
    announcing.tell_decided(review, draft, now=now)


def is_approved(draft: Draft) -> bool:
    """Say whether the last review of exactly the files that the draft has ended in an approval."""
    last = db.session.scalar(
        select(Review.state)
        .where(
            Review.draft_id == draft.id,
            Review.state != ReviewState.WITHDRAWN,
            Review.text_hash == draft.text_hash,
        )
        .order_by(Review.requested_at.desc(), Review.id.desc())
        .limit(1)
    )
    return last is ReviewState.APPROVED


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPart:
    """What somebody has to do with the text that they are to judge."""

    has_asked: bool
    has_written: bool
    others: int
    """How many people could approve who neither asked nor wrote; not counted for whoever did neither."""

    @property
    def is_own(self) -> bool:
        """Say whether the rule of four eyes keeps the decision from them."""
        return self.has_asked or self.has_written


def own_part(review: Review, draft: Draft, actor: Actor) -> OwnPart:
    """Return what the actor has to do with a review."""
    writers = list_writers(draft)
    has_asked, has_written = review.requested_by_id == actor.person_id, actor.person_id in writers
    own = {*writers, review.requested_by_id}
    others = len(list_reviewers(draft, without=own)) if has_asked or has_written else 0
    return OwnPart(has_asked=has_asked, has_written=has_written, others=others)


def list_writers(draft: Draft) -> frozenset[UUID]:
    """Return who changed the text of a draft since the release that it goes on from."""
    release = queries.get_release_of(draft)
    known = list_source(release.id) if release else {}
    statement = (
        select(FileRevision.by_id, FileRevision.path, FileRevision.sha256)
        .where(
            FileRevision.draft_id == draft.id,
            FileRevision.by_id.is_not(None),
            FileRevision.path != rules.SIGNATURES,
        )
        .distinct()
    )
    if release:
        statement = statement.where(FileRevision.at > release.released_at)
    # Whoever opens a draft brings the very bytes of its release: that is not writing.
    rows = db.session.execute(statement).all()
    return frozenset(person for person, path, digest in rows if person and known.get(path) != digest)


def find_open(draft_id: UUID) -> Review | None:
    """Return the review of a draft that is not decided yet."""
    return db.session.scalar(
        select(Review).where(Review.draft_id == draft_id, Review.state == ReviewState.OPEN)
    )


def access_review(draft: Draft, review_id: UUID) -> Review:
    """Return a review of a draft that the actor already holds, with its files."""
    review = db.session.scalar(
        select(Review)
        .where(Review.id == review_id, Review.draft_id == draft.id)
        .options(undefer(Review.files))
    )
    if review is None:
        raise NotFound
    return review


def list_reviews(draft_id: UUID) -> list[ReviewRow]:
    """Return the reviews of a draft, newest first."""
    reviews = db.session.scalars(
        select(Review)
        .where(Review.draft_id == draft_id)
        .order_by(Review.requested_at.desc(), Review.id)
        .limit(20)
    ).all()
    ids = {
        person for review in reviews for person in (review.requested_by_id, review.decided_by_id) if person
    }
    names = _names(ids)
    return [
        ReviewRow(
            review=review,
            requested_by=_said(names, review.requested_by_id),
            decided_by=_said(names, review.decided_by_id) if review.decided_at else "",
        )
        for review in reviews
    ]


def list_comments(review_id: UUID) -> list[CommentRow]:
    """Return the remarks of a review, in the order of the files and then of time."""
    comments = db.session.scalars(
        select(ReviewComment)
        .where(ReviewComment.review_id == review_id)
        .order_by(ReviewComment.path, ReviewComment.line, ReviewComment.at, ReviewComment.id)
    ).all()
    names = _names({comment.by_id for comment in comments if comment.by_id})
    return [CommentRow(comment=comment, by=_said(names, comment.by_id)) for comment in comments]


def list_told(draft: Draft, asker: UUID | None) -> Sequence[Person]:
    """Return who hears that somebody asks for a review: who wrote nothing of it, or everybody else who can decide."""
    fresh = list_reviewers(draft, without={*list_writers(draft), asker})
    return fresh or list_reviewers(draft, without={asker})


def list_reviewers(draft: Draft, *, without: Collection[UUID | None]) -> Sequence[Person]:
    """Return who may approve a draft, some left out: those who reach every draft and those invited to it.

    When it names nobody, also whoever reviews for a programme.
    """
    roles = [role for role, held in role_grants().items() if AuthoringPermission.REVIEW in held]
    left_out = [each for each in without if each]
    return db.session.scalars(
        select(Person)
        .where(Person.is_active, _may_review(draft.id, roles), Person.id.not_in(left_out))
        .order_by(Person.search_text)
    ).all()


def _may_review(draft_id: UUID, roles: list[Role]) -> ColumnElement[bool]:
    holds = exists().where(RoleAssignment.person_id == Person.id, RoleAssignment.role.in_(roles))
    invited = exists().where(
        DraftPerson.draft_id == draft_id,
        DraftPerson.person_id == Person.id,
        DraftPerson.part == Part.REVIEWER,
    )
    anyone = holds.where(RoleAssignment.kind == ScopeKind.PROGRAMME) & ~queries.names_reviewer(draft_id)
    return or_(holds.where(RoleAssignment.kind == ScopeKind.EVERYWHERE), invited & holds, anyone)


def _close(review: Review, state: ReviewState, *, actor: Actor, now: datetime, note: str) -> None:
    db.session.refresh(review, with_for_update=True)
    if review.state is not ReviewState.OPEN:
        raise ReviewClosed
    review.state, review.note = state, note
    review.decided_at, review.decided_by_id = now, actor.person_id
    db.session.flush()


def _names(ids: set[UUID]) -> Mapping[UUID, str]:
    people = db.session.scalars(select(Person).where(Person.id.in_(ids))).all() if ids else []
    return {person.id: person.name for person in people}


def _said(names: Mapping[UUID, str], person_id: UUID | None) -> str:
    return names.get(person_id, "Ruta") if person_id else "Ruta"
