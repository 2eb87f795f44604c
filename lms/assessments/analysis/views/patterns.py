"""What in the attempts at a quiz deserves a conversation, for whoever runs the cohort; nobody's result changes."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessments.analysis import service
from lms.assessments.analysis.access import access_asked_quiz
from lms.assessments.analysis.forms import NoteForm
from lms.assessments.analysis.pattern_words import EXPLANATIONS, TITLE, table_of
from lms.assessments.analysis.permissions import AnalysisPermission
from lms.assessments.analysis.queries import AskedQuiz
from lms.assessments.analysis.sittings import MOST_SITTINGS, look_at
from lms.assessments.analysis.wording import plain
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import requires
from lms.learning.models import Cohort
from lms.learning.tabs import tabs_of
from lms.web.kit import go, render, say
from lms.web.table_files import table_file

bp = Blueprint("patterns", __name__, url_prefix="/assessments/analysis", template_folder="../templates")
PATTERNS = "/cohorts/<uuid:cohort_id>/quizzes/<uuid:unit_id>/patterns"


@bp.get(PATTERNS)
@requires(AnalysisPermission.PATTERNS)
def page(cohort_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Show what was found, after what explains it without anybody at fault."""
    cohort, quiz = _access(cohort_id, unit_id)
    return _page(cohort, quiz, NoteForm())


@bp.get(PATTERNS + ".<ending>")
@requires(AnalysisPermission.PATTERNS)
def page_file(cohort_id: UUID, unit_id: UUID, ending: str) -> ResponseReturnValue:
    """Give the rows of the page that nobody put aside, as CSV or as a workbook."""
    cohort, quiz = _access(cohort_id, unit_id)
    look = look_at(current_actor(), quiz, cohort.id)
    table = table_of(look.open, look.handed.names)
    return table_file(table, title=TITLE, name=f"para-conversar-{quiz.quiz.slug}", ending=ending)


@bp.post(PATTERNS + "/aside")
@requires(AnalysisPermission.PATTERNS)
def put_aside(cohort_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Keep that somebody looked at one thing of the page."""
    cohort, quiz = _access(cohort_id, unit_id)
    form = NoteForm()
    if not form.validate_on_submit():
        return _page(cohort, quiz, form, status=422)
    actor = current_actor()
    matter = look_at(actor, quiz, cohort.id).find(request.form.get("key", ""))
    if matter:
        service.put_aside(cohort, quiz.unit_id, matter, note=form.note.data or "", actor=actor, now=now())
        say(_("Visto. Ningún resultado cambió."))
    return go(url_for(".page", cohort_id=cohort.id, unit_id=quiz.unit_id))


@bp.post(PATTERNS + "/again")
@requires(AnalysisPermission.PATTERNS)
def take_up(cohort_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Show again what somebody put aside."""
    cohort, quiz = _access(cohort_id, unit_id)
    actor = current_actor()
    matter = look_at(actor, quiz, cohort.id).find(request.form.get("key", ""))
    if matter:
        service.take_up(cohort, quiz.unit_id, matter, actor=actor, now=now())
    return go(url_for(".page", cohort_id=cohort.id, unit_id=quiz.unit_id))


def _access(cohort_id: UUID, unit_id: UUID) -> tuple[Cohort, AskedQuiz]:
    return access_asked_quiz(current_actor(), AnalysisPermission.PATTERNS, cohort_id, unit_id)


def _page(cohort: Cohort, quiz: AskedQuiz, form: NoteForm, *, status: int = 200) -> ResponseReturnValue:
    actor = current_actor()
    look = look_at(actor, quiz, cohort.id)
    return render(
        "analysis/patterns.html",
        status=status,
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor),
        quiz=quiz,
        found=look.open,
        everything=look.everything,
        aside=look.aside,
        names=look.handed.names,
        most=MOST_SITTINGS if look.handed.is_cut else 0,
        words=EXPLANATIONS,
        form=form,
        stems={key: plain(each.config["stem_html"]) for key, each in quiz.questions.items()},
    )
