"""The queue of answers that wait for a person, one answer at a time, and the phrases for comments."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessments.attempts.errors import BadGrade, IncompleteRubric
from lms.assessments.attempts.grading import Opinion, find_grades
from lms.assessments.attempts.queries import QuizUnit
from lms.assessments.grading import access, queries, service
from lms.assessments.grading.access import Paper
from lms.assessments.grading.errors import ReasonNeeded
from lms.assessments.grading.forms import GradeForm, QueueFilter
from lms.assessments.grading.permissions import GradingPermission
from lms.assessments.grading.queries import THIRD, Wanted
from lms.assessments.grading.views.files import shown_file
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.context import registry
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.learning.access import access_cohort
from lms.learning.models import Cohort
from lms.learning.tabs import tabs_of
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page, paginate

bp = Blueprint("grading", __name__, url_prefix="/grading", template_folder="../templates")
FILTERS = ("quiz", "question", "state", "sort", "cohort")
LEVEL = "level."


@bp.get("/")
@requires(GradingPermission.GRADE)
def index() -> ResponseReturnValue:
    """List what waits in all cohorts of the actor."""
    return _list(None)


@bp.get("/cohorts/<uuid:cohort_id>")
@requires(GradingPermission.GRADE)
def cohort_page(cohort_id: UUID) -> ResponseReturnValue:
    """List what waits in one cohort, and say which of its quizzes have two markers."""
    return _list(access_cohort(current_actor(), GradingPermission.GRADE, cohort_id))


@bp.post("/cohorts/<uuid:cohort_id>/second-markers/<uuid:unit_id>")
@requires(GradingPermission.GRADE)
def second_markers(cohort_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Ask for a second marker of a quiz, or no longer."""
    actor = current_actor()
    cohort = access_cohort(actor, GradingPermission.GRADE, cohort_id)
    if unit_id not in {each.id for each in queries.list_graded_quizzes(actor, cohort_id)}:
        raise NotFound
    is_double = request.form.get("double") == "1"
    service.set_second_markers(cohort, unit_id, is_double=is_double, actor=actor, now=now())
    say(_("Cada respuesta lleva ahora dos calificaciones.") if is_double else _("Basta una calificación."))
    return go(url_for(".cohort_page", cohort_id=cohort_id))


@bp.get("/answers/<uuid:answer_id>")
@requires(GradingPermission.GRADE)
def paper(answer_id: UUID) -> ResponseReturnValue:
    """Show one answer with what to grade it by."""
    found = access.access_paper(current_actor(), answer_id)
    form = GradeForm()
    grade = find_grades([answer_id]).get(answer_id)
    if grade is not None:
        form.process(data={"comment": grade.comment, "share": round(grade.fraction * 100)})
    return _page(found, form, grade.levels if grade else {})


@bp.post("/answers/<uuid:answer_id>")
@requires(GradingPermission.GRADE)
def grade(answer_id: UUID) -> ResponseReturnValue:
    """Keep the grade and go to the next answer, or put a phrase into the comment."""
    actor, form = current_actor(), GradeForm()
    found = access.access_paper(actor, answer_id)
    form.fill()
    levels = _levels(found)
    if "insert" in request.form:
        _insert(found, form)
        return _page(found, form, levels)
    if not form.validate_on_submit():
        return _page(found, form, levels, status=422)
    quizzes, wanted = _asked()
    _before, after = queries.neighbours(actor, quizzes, wanted, answer_id)
    try:
        service.grade(
            found.answer, _opinion(form, levels), reason=form.reason.data or "",
            may_settle=access.may_settle(actor, found.enrolment), actor=actor, now=now(),
        )  # fmt: skip
    except (IncompleteRubric, BadGrade) as refusal:
        form.refuse("share", refusal.message)
        return _page(found, form, levels, status=422)
    except ReasonNeeded as refusal:
        form.refuse("reason", refusal.message)
        return _page(found, form, levels, status=422)
    cohort_id = found.cohort.id if form.keep.data == "cohort" else None
    if form.keep.data:
        service.keep_phrase(form.comment.data or "", cohort_id=cohort_id, actor=actor, now=now())
    say(_("Guardamos la calificación."))
    return go(_paper_url(after) if after and after != answer_id else url_for(".index", **_kept()))


@bp.post("/phrases/<uuid:phrase_id>/delete")
@requires(GradingPermission.GRADE)
def forget_phrase(phrase_id: UUID) -> ResponseReturnValue:
    """Delete a phrase of one's own."""
    found = queries.find_phrase(current_actor().person_id, phrase_id)
    if found is None:
        raise NotFound
    service.forget_phrase(found)
    say(_("Borramos la frase."))
    return go(url_for(".index"))


def _list(cohort: Cohort | None) -> ResponseReturnValue:
    actor, form = current_actor(), QueueFilter(request.args)
    cohort_id = cohort.id if cohort else None
    quizzes = queries.list_graded_quizzes(actor, cohort_id)
    form.fill(quizzes)
    wanted = form.wanted(quizzes, cohort_id)
    found = paginate(queries.queue(actor, quizzes, wanted), page_number())
    rows = [queries.read_row(row) for row in found.rows]
    return render(
        "grading/index.html",
        form=form,
        page=Page(rows=rows, number=found.number, total=found.total, per_page=found.per_page),
        is_filtered=wanted != Wanted(cohort_id=cohort_id),
        cohort=cohort,
        tabs=tabs_of(cohort.id, actor) if cohort else [],
        quizzes=[quiz for quiz in quizzes if cohort is None or quiz.release_id == cohort.release_id],
        doubles=queries.list_double(cohort.id) if cohort else set(),
        kept={name: value for name, value in request.args.items() if name in FILTERS}
        | ({"cohort": str(cohort_id)} if cohort_id else {}),
    )


def _page(
    found: Paper, form: GradeForm, levels: Mapping[str, int], *, status: int = 200
) -> ResponseReturnValue:
    actor = current_actor()
    form.fill()
    form.share.flags.optional = False  # it is only asked for where no rubric gives it
    config = found.quiz.questions[found.answer.question_id]
    kind = registry("question_types")[config["type"]]
    quizzes, wanted = _asked()
    before, after = queries.neighbours(actor, quizzes, wanted, found.answer.id)
    marks = queries.list_marks(found.answer.id)
    is_graded = found.answer.earned is not None
    is_third = not is_graded and len(marks) > 1 and access.may_settle(actor, found.enrolment)
    return render(
        "grading/paper.html",
        status=status,
        paper=found,
        form=form,
        view={
            **kind.review(config, found.answer.chosen, with_key=True),
            "rubric": None,
            "file": shown_file(found),
        },
        control=kind.template,
        rubric=config["details"].get("rubric"),
        levels=levels,
        is_graded=is_graded,
        name=found.person.name if is_graded else "",
        marks=marks if is_third or is_graded else [],
        state=THIRD if is_third else "",
        phrases=queries.list_phrases(actor.person_id, found.cohort.id),
        me=actor.person_id,
        before=_paper_url(before) if before else "",
        after=_paper_url(after) if after else "",
        kept=_kept(),
    )


def _asked() -> tuple[list[QuizUnit], Wanted]:
    """Return the queue that the page was opened from, as its address says."""
    actor, form = current_actor(), QueueFilter(request.args)
    text = request.args.get("cohort", "")
    cohort_id = UUID(text) if len(text) == 36 and text.replace("-", "").isalnum() else None
    quizzes = queries.list_graded_quizzes(actor, cohort_id)
    form.fill(quizzes)
    return quizzes, form.wanted(quizzes, cohort_id)


def _opinion(form: GradeForm, levels: Mapping[str, int]) -> Opinion:
    share = None if form.share.data is None or levels else Fraction(form.share.data, 100)
    return Opinion(fraction=share, levels=levels, comment=form.comment.data or "")


def _levels(found: Paper) -> dict[str, int]:
    """Return the levels that the form sent for the rubric of the question, by key of the criterion."""
    rubric = found.quiz.questions[found.answer.question_id]["details"].get("rubric") or {"criteria": []}
    sent = {each["key"]: request.form.get(LEVEL + each["key"], "") for each in rubric["criteria"]}
    return {key: int(value) for key, value in sent.items() if value.isdecimal() and len(value) < 3}


def _insert(found: Paper, form: GradeForm) -> None:
    wanted = request.form.get("insert", "")
    phrases = queries.list_phrases(current_actor().person_id, found.cohort.id)
    text = next((each.text for each in phrases if str(each.id) == wanted), "")
    form.comment.data = "\n".join(part for part in (form.comment.data or "", text) if part)


def _kept() -> dict[str, Any]:
    return {name: value for name, value in request.args.items() if name in FILTERS}


def _paper_url(answer_id: UUID) -> str:
    return url_for(".paper", answer_id=answer_id, **_kept())
