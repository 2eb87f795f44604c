"""Correcting results after a wrong key: which question, whose result changes, and how far the correction is."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessments.attempts.queries import QuizUnit
from lms.assessments.grading import regrading
from lms.assessments.grading.corrections import Change
from lms.assessments.grading.effects import Effect, page_of_effects, preview
from lms.assessments.grading.errors import ChangeUnknown, KeysDiffer
from lms.assessments.grading.permissions import GradingPermission
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.courses.queries import get_release
from lms.web.kit import go, page_number, render, say
from lms.web.paging import Page

bp = Blueprint("regrades", __name__, url_prefix="/grading", template_folder="../templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The question and the correction that the address or the form names."""

    quiz: QuizUnit
    question_id: str
    change: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a preview shows."""

    counts: Sequence[tuple[str, int]]
    page: Page[Effect]


@bp.get("/releases/<uuid:release_id>/regrades")
@requires(GradingPermission.REGRADE)
def index(release_id: UUID) -> ResponseReturnValue:
    """Offer the questions of a release, and preview a correction."""
    choice = _chosen(release_id, request.args.get("question", ""), request.args.get("change", ""))
    refusal, seen = "", None
    if choice and choice.change:
        try:
            seen = _preview(choice)
        except (ChangeUnknown, KeysDiffer) as refused:
            refusal = str(refused.message)
    return render(
        "grading/regrades.html",
        release=get_release(release_id),
        quizzes=regrading.list_quizzes(release_id),
        regrades=regrading.list_regrades(release_id, current_actor()),
        choice=choice,
        config=choice.quiz.questions[choice.question_id] if choice else None,
        versions=regrading.list_versions(choice.quiz, choice.question_id) if choice else [],
        refusal=refusal,
        seen=seen,
    )


@bp.post("/releases/<uuid:release_id>/regrades")
@requires(GradingPermission.REGRADE)
def order(release_id: UUID) -> ResponseReturnValue:
    """Have the results corrected by jobs."""
    sent = request.form
    choice = _chosen(release_id, sent.get("question", ""), sent.get("change", ""))
    if choice is None or not choice.change:
        raise NotFound
    here = url_for(".index", release_id=release_id)
    if not sent.get("reason", "").strip():
        say(_("Escriba el motivo de la corrección."), "error")
        again = url_for(
            ".index", release_id=release_id, question=sent.get("question"), change=sent.get("change")
        )
        return go(again)
    regrading.order_regrade(
        choice.quiz, choice.question_id, choice.change, choice.value,
        reason=sent.get("reason", ""), actor=current_actor(), now=now(),
    )  # fmt: skip
    say(_("La corrección está en marcha. Avisaremos por correo a quienes cambie su resultado."))
    return go(here)


def _chosen(release_id: UUID, question: str, change: str) -> Choice | None:
    """Return what "unit:question" and "change:value" name; None without a question."""
    get_release(release_id)
    unit_id, _separator, question_id = question.partition(":")
    if len(unit_id) != 36 or not question_id:
        return None
    quiz = next((each for each in regrading.list_quizzes(release_id) if str(each.id) == unit_id), None)
    if quiz is None or question_id not in quiz.questions:
        raise NotFound
    kind, _separator, value = change.partition(":")
    offered = {str(each) for each, _number in regrading.list_versions(quiz, question_id)}
    if kind == Change.KEY and value not in offered:
        raise NotFound
    return Choice(quiz=quiz, question_id=question_id, change=kind, value=value)


def _preview(choice: Choice) -> Seen:
    correction = regrading.correction_of(choice.quiz, choice.question_id, choice.change, choice.value)
    scope = regrading.scope_of(current_actor())
    found = preview(choice.quiz.id, choice.question_id, correction, scope)
    counts = [
        (_("Resultados que cambian"), len(found.changed)),
        (_("Suben"), found.raised),
        (_("Bajan"), found.lowered),
        (_("Aprobarían"), found.passing),
    ]
    return Seen(counts=counts, page=page_of_effects(found, choice.question_id, correction, page_number()))
