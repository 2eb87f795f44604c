"""The bank of questions: the list, its file, and the page of a question with its key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessments.analysis.rules import ItemFigures
from lms.assessments.analysis.wording import ADVICE, LABELS
from lms.assessments.bank import drafted, queries
from lms.assessments.bank.forms import BankFilter
from lms.assessments.bank.listing import Listing, listing_of
from lms.assessments.bank.models import QuestionRevision
from lms.assessments.bank.performing import figures
from lms.assessments.bank.permissions import BankPermission
from lms.assessments.bank.queries import Use
from lms.assessments.bank.rules import ORDERS, paragraphs, state_of
from lms.assessments.bank.words import LEVEL_WORDS, STATES, table_of
from lms.authoring import access
from lms.authoring.diffs import Run, by_paragraph
from lms.authoring.permissions import AuthoringPermission
from lms.core.auth import current_actor
from lms.core.context import registry
from lms.core.estimates import ENOUGH
from lms.core.i18n import _l
from lms.core.policy import requires
from lms.core.text import Text
from lms.courses.compiler.course import Question
from lms.courses.models import Course
from lms.courses.permissions import CoursePermission
from lms.courses.queries import find_newest_release, get_course
from lms.courses.rules import reveal
from lms.web.kit import page_number, render
from lms.web.sectors import SECTORS
from lms.web.table_files import table_file

bp = Blueprint("bank", __name__, url_prefix="/assessments/bank", template_folder="templates")
MOST_REVISIONS: Final = 10
"""Revisions on one page, from the newest on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRevision:
    """A revision of a question on its page."""

    row: QuestionRevision
    uses: Sequence[Use]
    changes: Sequence[Sequence[Run]]
    """Against the revision before it; empty for the first."""
    figures: ItemFigures | None
    """None for what is not scored."""


@bp.get("/")
@requires(BankPermission.READ)
def index() -> ResponseReturnValue:
    """List the questions that pass the filters in the address."""
    form = _filter()
    listing = _listing(form)
    return render(
        "bank/index.html",
        form=form,
        page=listing.page(page_number()),
        listing=listing,
        is_filtered=any(field.data for field in form),
        order_urls={name: _order_url(name, listing) for name in ORDERS},
        here=_here(),
        kinds=_kinds(),
        labels=LABELS,
        **_words(),
    )


@bp.get("/questions.<ending>")
@requires(BankPermission.READ)
def index_file(ending: str) -> ResponseReturnValue:
    """Give the whole list of the screen as CSV or as a workbook."""
    table = table_of(_listing(_filter()).rows(), _kinds())
    return table_file(table, title=_l("Banco de preguntas"), name="banco-de-preguntas", ending=ending)


@bp.get("/courses/<uuid:course_id>/questions/<question_id>")
@requires(BankPermission.READ)
def question_page(course_id: UUID, question_id: str) -> ResponseReturnValue:
    """Show a question with its key, its revisions, where it is used and how it performs."""
    actor, course = current_actor(), get_course(course_id)
    rows = queries.list_revisions(course_id, question_id)
    uses = queries.list_uses([row.id for row in rows])
    shown = _revisions(rows[:MOST_REVISIONS], uses, question_id)
    newest = find_newest_release(course_id)
    question = queries.get_question(shown[0].uses[0].unit_id, question_id)
    is_newest = newest is not None and rows[0].last_number == newest.number
    return render(
        "bank/question.html",
        course=course,
        said=queries.said_of(rows[0]),
        state=state_of(is_retired=rows[0].is_retired, is_newest=is_newest),
        question=reveal(question),
        revisions=shown,
        hidden=len(rows) - len(shown),
        cohorts=queries.list_cohorts(actor, {use.release_id for use in uses}),
        units=_newest_units(uses),
        edit=_editing(course, question_id),
        release=newest if actor.can(AuthoringPermission.EDIT) else None,
        kinds=_kinds(),
        can_preview=actor.can(CoursePermission.READ_RELEASES),
        enough=ENOUGH,
        advice=ADVICE,
        labels=LABELS,
        **_words(),
    )


def _filter() -> BankFilter:
    form = BankFilter(request.args)
    modules, countries = queries.list_marks()
    courses = {**dict(drafted.list_new_courses(current_actor())), **dict(queries.list_courses())}
    form.fill(sorted(courses.items(), key=lambda each: each[1]), modules, countries, _kinds().items())
    return form


def _listing(form: BankFilter) -> Listing:
    return listing_of(current_actor(), form.wanted, request.args.get("order", ""))


def _order_url(name: str, listing: Listing) -> str:
    """Return the address of this list in another order; the order it has goes the other way."""
    turned = "-" if listing.order == name and not listing.is_down else ""
    values: dict[str, Any] = {**_here(), "order": f"{turned}{name}"}
    return url_for(".index", **values)


def _here() -> dict[str, str]:
    """Return what the address of the list says, without its page."""
    return {key: value for key, value in request.args.items() if value and key != "page"}


def _kinds() -> Mapping[str, Text]:
    return {name: kind.label for name, kind in registry("question_types").items()}


def _words() -> dict[str, Any]:
    return {"states": STATES, "levels": LEVEL_WORDS, "sectors": SECTORS}


def _revisions(
    rows: Sequence[QuestionRevision], uses: Sequence[Use], question_id: str
) -> list[ShownRevision]:
    actor = current_actor()
    by_row = {row.id: [use for use in uses if use.revision_id == row.id] for row in rows}
    texts = [_text(queries.get_question(by_row[row.id][0].unit_id, question_id)) for row in rows]
    before = [*texts[1:], ""]
    return [
        ShownRevision(
            row=row,
            uses=by_row[row.id],
            changes=by_paragraph(old, new) if old else [],
            figures=figures(actor, question_id, by_row[row.id]),
        )
        for row, new, old in zip(rows, texts, before, strict=True)
    ]


def _text(question: Question) -> str:
    return "\n\n".join(paragraphs(question))


def _newest_units(uses: Sequence[Use]) -> dict[UUID, Use]:
    """Return, by release, the first quiz that asks the question."""
    return {use.release_id: use for use in reversed(uses)}


def _editing(course: Course, question_id: str) -> tuple[str, bool] | None:
    """Return the address of the question in the draft of its course and whether the actor may write there."""
    actor = current_actor()
    draft = drafted.find_draft(actor, course.slug)
    if draft is None:
        return None
    may_write = access.may(actor, AuthoringPermission.EDIT, draft)
    place = drafted.find_place(draft.id, question_id)
    if place is None:
        return url_for("authoring.draft_page", draft_id=draft.id), may_write
    return f"{url_for('authoring.file_page', draft_id=draft.id, path=place[0])}#L{place[1]}", may_write
