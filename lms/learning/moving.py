"""Move a cohort to another release of its course: what that means for each page, and doing it.

What somebody has read or passed stays read or passed. Only a page whose questions changed can be asked again, and only
when whoever moves the cohort says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.orm import aliased

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.folding import fold
from lms.core.jobs.orders import enqueue
from lms.courses.changes import ASKS, ChangeClass, Difference, PageChange, compare
from lms.courses.models import Release
from lms.courses.queries import get_release, list_outline, list_releases
from lms.courses.stored import get_edition
from lms.learning.errors import ReleaseElsewhere, ReleaseWithdrawn
from lms.learning.messages import CohortMoved, ReviewCohort
from lms.learning.models import Cohort, Enrolment, UnitProgress


class Effect(StrEnum):
    """What moving does to the progress made on a page."""

    KEPT = "kept"
    ASKED = "asked"
    """Its questions changed: what was passed counts unless it is asked again."""
    NEW = "new"
    GONE = "gone"
    """What was done on it stays on record and no longer counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMove:
    """A page of either release, and what becomes of the progress on it."""

    place: str
    """module/page."""
    title: str
    kind: str
    effect: Effect
    change: PageChange | None
    """What changed on it; None when nothing did."""
    finished: int
    """How many people of the cohort have finished it in the release of today."""
    old_id: UUID | None
    new_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What moving a cohort would do."""

    before: Release
    after: Release
    difference: Difference
    pages: tuple[PageMove, ...]
    """In the order of the new release; the pages that go come last."""

    def count(self, effect: Effect) -> int:
        """Return how many pages are touched in this way."""
        return sum(page.effect is effect for page in self.pages)

    @property
    def same_questions(self) -> tuple[tuple[str, str], ...]:
        """Return the old and new id of each page that asks the same in both releases."""
        same = [page for page in self.pages if page.kind in ASKS and page.effect is Effect.KEPT]
        return tuple((str(page.old_id), str(page.new_id)) for page in same)

    def pairs(self, *, ask_again: bool) -> dict[UUID, UUID]:
        """Return by page of the old release the one on which what was done there counts."""
        left = {Effect.ASKED} if ask_again else set()
        return {
            page.old_id: page.new_id
            for page in self.pages
            if page.old_id and page.new_id and page.effect not in left
        }


def plan_move(cohort: Cohort, release: Release) -> Move:
    """Return what moving a cohort to a release would do, and change nothing.

    Raises ReleaseElsewhere for another course or the release it has, and ReleaseWithdrawn.
    """
    if release.course_id != cohort.course_id or release.id == cohort.release_id:
        raise ReleaseElsewhere
    if release.withdrawn_at is not None:
        raise ReleaseWithdrawn
    before = get_release(cohort.release_id)
    difference = compare(get_edition(before), get_edition(release))
    return Move(
        before=before,
        after=release,
        difference=difference,
        pages=tuple(
            pages_between(before, release, difference, finished_by(Enrolment.cohort_id == cohort.id))
        ),
    )


def move_cohort(cohort: Cohort, release: Release, *, ask_again: bool, actor: Actor, now: datetime) -> Move:
    """Let a cohort study another release from now on; `ask_again` has changed quizzes passed anew.

    Raises ReleaseElsewhere and ReleaseWithdrawn.
    """
    db.session.refresh(
        cohort, with_for_update=True
    )  # two people move it one after the other, each from where it is
    move = plan_move(cohort, release)
    carry_progress(move.pairs(ask_again=ask_again), Enrolment.cohort_id == cohort.id)
    cohort.release_id = release.id
    cohort.search_text = fold(f"{cohort.name} {release.title}")
    db.session.flush()
    publish(
        CohortMoved(
            at=now, actor=actor, subject_id=cohort.id, release_id=release.id, before=move.before.number,
            number=release.number, is_asked_again=ask_again,
            same_questions=move.same_questions,
        )
    )  # fmt: skip
    enqueue(
        ReviewCohort(cohort_id=str(cohort.id)),
        now=now,
        key=f"moved:{cohort.id}:{release.id}:{now:%Y%m%d%H%M%S}",
    )
    return move


def pages_between(
    before: Release, release: Release, difference: Difference, finished: Mapping[UUID, int]
) -> Iterable[PageMove]:
    """Return what becomes of each page of either release; ``finished`` says how many finished those of today."""
    old, new = _places(before.id), _places(release.id)
    changes = {
        each.place: each for each in sorted(difference.changes, key=lambda each: each.change_class.weight)
    }
    for place, (kind, title, unit_id) in {**new, **{p: u for p, u in old.items() if p not in new}}.items():
        old_id = old[place][2] if place in old else None
        new_id = unit_id if place in new else None
        is_same_kind = place in old and place in new and old[place][0] == kind
        change = changes.get(place)
        yield PageMove(
            place=place,
            title=title,
            kind=kind,
            effect=_effect(kind, change, old_id, new_id, is_same_kind=is_same_kind),
            change=change,
            finished=finished.get(old_id, 0) if old_id else 0,
            old_id=old_id,
            new_id=new_id if is_same_kind or old_id is None else None,
        )


def _effect(
    kind: str, change: PageChange | None, old_id: UUID | None, new_id: UUID | None, *, is_same_kind: bool
) -> Effect:
    if new_id is None:
        return Effect.GONE
    if old_id is None or not is_same_kind:
        return Effect.NEW
    is_asked = kind in ASKS and change is not None and change.change_class is ChangeClass.ASSESSMENT
    return Effect.ASKED if is_asked else Effect.KEPT


def _places(release_id: UUID) -> dict[str, tuple[str, str, UUID]]:
    """Return kind, title and id of each page of a release by its place."""
    return {
        f"{module.slug}/{unit.slug}": (unit.kind.value, unit.title, unit.id)
        for module in list_outline(release_id)
        for unit in module.units
    }


def finished_by(whose: ColumnElement[bool]) -> dict[UUID, int]:
    """Return how many of some enrolments have finished each page."""
    rows = db.session.execute(
        select(UnitProgress.unit_id, func.count())
        .join(Enrolment, Enrolment.id == UnitProgress.enrolment_id)
        .where(whose, UnitProgress.finished_at.is_not(None))
        .group_by(UnitProgress.unit_id)
    ).all()
    return {row[0]: row[1] for row in rows}


def carry_progress(pairs: Mapping[UUID, UUID], whose: ColumnElement[bool]) -> None:
    """Let what some enrolments did on each old page count on the new one, unless they have progress there already."""
    mine = select(Enrolment.id).where(whose)
    other = aliased(UnitProgress)
    for old_id, new_id in pairs.items():
        is_there = exists().where(other.enrolment_id == UnitProgress.enrolment_id, other.unit_id == new_id)
        db.session.execute(
            update(UnitProgress)
            .where(UnitProgress.unit_id == old_id, UnitProgress.enrolment_id.in_(mine), ~is_there)
            .values(unit_id=new_id)
            .execution_options(synchronize_session=False)
        )
        db.session.execute(
            update(Enrolment)
            .where(whose, Enrolment.last_unit_id == old_id)
            .values(last_unit_id=new_id)
            .execution_options(synchronize_session=False)
        )
    db.session.expire_all()


def offered_releases(cohort: Cohort) -> list[Release]:
    """Return the releases of the course that a cohort could move to, newest first."""
    found = list_releases(cohort.course_id)
    return [release for release in found if release.withdrawn_at is None and release.id != cohort.release_id]
