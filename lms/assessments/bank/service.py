"""Writing the bank from releases; the only writer of its tables."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import delete, select

from lms.assessments.bank.models import QuestionRevision, QuestionUse
from lms.assessments.bank.rules import Said, say
from lms.assessments.question_types.revisions import revision_of
from lms.core.db import db
from lms.core.ids import new_id
from lms.courses.compiler.codec import question_from_json, question_to_json
from lms.courses.compiler.course import Question
from lms.courses.messages import CourseReleased
from lms.courses.models import Course, Release, ReleasedModule, Unit, UnitKind
from lms.courses.queries import get_release


def index_on_release(event: CourseReleased) -> None:
    """Write the questions of a release that was just made."""
    index_release(get_release(event.subject_id))


def index_release(release: Release) -> int:
    """Write the questions of a release and return how many it asks; doing so again changes nothing."""
    known = _known(release.course_id)
    rows: dict[UUID, QuestionRevision] = {}
    used: set[tuple[UUID, UUID]] = set()
    for unit_id, question, said in _asked(release):
        row = known.get((said.question_id, said.revision))
        if row is None:
            row = known[said.question_id, said.revision] = _row(release, question, said)
        row.last_number = max(row.last_number, release.number)
        rows[row.id] = row
        used.add((row.id, unit_id))
    db.session.add_all(rows.values())
    db.session.flush()
    already = {(use.revision_id, use.unit_id) for use in _uses(release.id)}
    db.session.add_all(
        QuestionUse(revision_id=revision, unit_id=unit) for revision, unit in sorted(used - already)
    )
    db.session.flush()
    return len({row.question_id for row in rows.values()})


def index_course(course: Course) -> int:
    """Make the bank of a course anew from its releases, and return how many revisions it has."""
    mine = select(QuestionRevision.id).where(QuestionRevision.course_id == course.id)
    db.session.execute(delete(QuestionUse).where(QuestionUse.revision_id.in_(mine)))
    db.session.execute(delete(QuestionRevision).where(QuestionRevision.course_id == course.id))
    db.session.expire_all()
    releases = db.session.scalars(
        select(Release).where(Release.course_id == course.id).order_by(Release.number)
    ).all()
    for release in releases:
        index_release(release)
    return len(_known(course.id))


def _known(course_id: UUID) -> dict[tuple[str, str], QuestionRevision]:
    rows = db.session.scalars(select(QuestionRevision).where(QuestionRevision.course_id == course_id))
    return {(row.question_id, row.revision): row for row in rows}


def _uses(release_id: UUID) -> Sequence[QuestionUse]:
    return db.session.scalars(
        select(QuestionUse).join(Unit, Unit.id == QuestionUse.unit_id).where(Unit.release_id == release_id)
    ).all()


def _asked(release: Release) -> Iterator[tuple[UUID, Question, Said]]:
    """Yield the questions of the quizzes of a release, one for each quiz that has it."""
    statement = (
        select(Unit.id, Unit.body, ReleasedModule.position)
        .join(ReleasedModule, ReleasedModule.id == Unit.module_id)
        .where(Unit.release_id == release.id, Unit.kind == UnitKind.QUIZ)
        .order_by(Unit.position)
    )
    for unit_id, body, module in db.session.execute(statement):
        for value in body["questions"]:
            question = question_from_json(value)
            yield unit_id, question, say(question, revision_of(question_to_json(question)), module)


def _row(release: Release, question: Question, said: Said) -> QuestionRevision:
    return QuestionRevision(
        id=new_id(),
        course_id=release.course_id,
        question_id=said.question_id,
        revision=said.revision,
        kind=said.kind,
        level=said.level,
        module=said.module,
        sector=said.sector,
        country=said.country,
        objective=said.objective,
        tags=list(said.tags),
        labels=said.labels,
        is_retired=question.is_retired,
        stem=said.stem,
        search_text=said.search_text,
        first_seen_at=release.released_at,
        last_number=release.number,
    )
