"""How each quiz and each question of a cohort's course performed: figures of groups, never of a person."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from lms.assessments.analysis import queries
from lms.assessments.analysis.access import access_asked_quiz, may_open
from lms.assessments.analysis.permissions import AnalysisPermission
from lms.assessments.analysis.queries import AskedQuiz
from lms.assessments.analysis.rules import Advice, figures_of, quiz_figures
from lms.assessments.analysis.sittings import look_at
from lms.assessments.analysis.wording import ItemRow, table_of
from lms.core.auth import current_actor
from lms.core.estimates import ENOUGH
from lms.core.policy import requires
from lms.core.tabular import to_csv
from lms.learning.access import access_cohort
from lms.learning.models import Cohort
from lms.learning.tabs import tabs_of
from lms.web.kit import page_number, render
from lms.web.paging import page_of

bp = Blueprint("analysis", __name__, url_prefix="/assessments/analysis", template_folder="../templates")
QUIZ = "/cohorts/<uuid:cohort_id>/quizzes/<uuid:unit_id>"
_WORST_FIRST = {advice: number for number, advice in enumerate(Advice)}
ORDERS: Mapping[str, Callable[[ItemRow], Any]] = MappingProxyType(
    {
        "course": lambda _row: 0,
        "advice": lambda row: _WORST_FIRST[row.figures.advice],
        "facility": lambda row: row.figures.facility.value,
        "link": lambda row: row.figures.link.value if row.figures.link else -2,
    }
)
"""What the table can be sorted by; equal rows keep the order of the course."""


@bp.get("/cohorts/<uuid:cohort_id>")
@requires(AnalysisPermission.READ)
def cohort_page(cohort_id: UUID) -> ResponseReturnValue:
    """Show how each quiz of the cohort's course does as a measure."""
    actor = current_actor()
    cohort = access_cohort(actor, AnalysisPermission.READ, cohort_id)
    quizzes = queries.list_quizzes(cohort.release_id)
    rows = queries.list_rows(actor, AnalysisPermission.READ, quizzes)
    return render(
        "analysis/cohort.html",
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        quizzes=[(quiz, quiz_figures(rows[quiz.unit_id], list(quiz.questions))) for quiz in quizzes],
        enough=ENOUGH,
        counts={quiz.unit_id: len(rows[quiz.unit_id]) for quiz in quizzes},
    )


@bp.get(QUIZ)
@requires(AnalysisPermission.READ)
def quiz_page(cohort_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Show how each question of a quiz performed and what to do with it."""
    cohort, quiz = _access(cohort_id, unit_id)
    return render(
        "analysis/quiz.html",
        cohort=cohort,
        tabs=tabs_of(cohort.id, current_actor()),
        quiz=quiz,
        page=page_of(_rows(cohort, quiz), page_number()),
        order=_order(),
        is_own=_is_own(),
        enough=ENOUGH,
        to_talk_about=_to_talk_about(cohort, quiz),
    )


@bp.get(QUIZ + ".csv")
@requires(AnalysisPermission.READ)
def quiz_csv(cohort_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Give the table of the screen as CSV."""
    cohort, quiz = _access(cohort_id, unit_id)
    response = Response(to_csv(table_of(_rows(cohort, quiz))), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"preguntas-{quiz.quiz.slug}.csv")
    return response


def _access(cohort_id: UUID, unit_id: UUID) -> tuple[Cohort, AskedQuiz]:
    return access_asked_quiz(current_actor(), AnalysisPermission.READ, cohort_id, unit_id)


def _to_talk_about(cohort: Cohort, quiz: AskedQuiz) -> int | None:
    """Return how much there is to look at in the cohort's attempts; None for whoever may not see it."""
    actor = current_actor()
    if not may_open(actor, AnalysisPermission.PATTERNS, cohort):
        return None
    return look_at(actor, quiz, cohort.id).open.count


def _rows(cohort: Cohort, quiz: AskedQuiz) -> list[ItemRow]:
    own = cohort.id if _is_own() else None
    people = queries.list_rows(current_actor(), AnalysisPermission.READ, [quiz], cohort_id=own)[quiz.unit_id]
    rows = [
        ItemRow(id=key, question=question, figures=figures_of(key, people, question.options))
        for key, question in quiz.questions.items()
    ]
    return sorted(rows, key=ORDERS[_order()])


def _order() -> str:
    wanted = request.args.get("order", "course")
    return wanted if wanted in ORDERS else "course"


def _is_own() -> bool:
    """Say whether only the cohort's own people are asked for, and not those of all cohorts within reach."""
    return request.args.get("people") == "cohort"
