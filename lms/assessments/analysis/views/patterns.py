"""What in the attempts at a quiz deserves a conversation; only to read, and for whoever runs the cohort."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from lms.assessments.analysis.access import access_asked_quiz
from lms.assessments.analysis.pattern_words import EXPLANATIONS, TITLE, Rule, table_of
from lms.assessments.analysis.patterns import find_patterns
from lms.assessments.analysis.permissions import AnalysisPermission
from lms.assessments.analysis.sittings import MOST_SITTINGS, list_handed, words_of
from lms.assessments.analysis.wording import plain
from lms.core.auth import current_actor
from lms.core.policy import requires
from lms.learning.tabs import tabs_of
from lms.web.kit import render
from lms.web.table_files import table_file

bp = Blueprint("patterns", __name__, url_prefix="/assessments/analysis", template_folder="../templates")
PATTERNS = "/cohorts/<uuid:cohort_id>/quizzes/<uuid:unit_id>/patterns"


@bp.get(PATTERNS)
@requires(AnalysisPermission.PATTERNS)
def page(cohort_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Show what was found, after what explains it without anybody at fault."""
    actor = current_actor()
    cohort, quiz = access_asked_quiz(actor, AnalysisPermission.PATTERNS, cohort_id, unit_id)
    handed = list_handed(actor, quiz, cohort.id)
    return render(
        "analysis/patterns.html",
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        quiz=quiz,
        found=find_patterns(handed.sittings, words_of(quiz)),
        names=handed.names,
        most=MOST_SITTINGS if handed.is_cut else 0,
        words=EXPLANATIONS,
        rules=Rule,
        stems={key: plain(each.config["stem_html"]) for key, each in quiz.questions.items()},
    )


@bp.get(PATTERNS + ".<ending>")
@requires(AnalysisPermission.PATTERNS)
def page_file(cohort_id: UUID, unit_id: UUID, ending: str) -> ResponseReturnValue:
    """Give the rows of the page as CSV or as a workbook."""
    actor = current_actor()
    cohort, quiz = access_asked_quiz(actor, AnalysisPermission.PATTERNS, cohort_id, unit_id)
    handed = list_handed(actor, quiz, cohort.id)
    table = table_of(find_patterns(handed.sittings, words_of(quiz)), handed.names)
    return table_file(table, title=TITLE, name=f"para-conversar-{quiz.quiz.slug}", ending=ending)
