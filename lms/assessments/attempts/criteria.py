"""The criterion that assessments contribute: every quiz of the course passed."""

from collections.abc import Mapping, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.assessments.attempts.queries import QuizCount, count_quizzes
from lms.assessments.attempts.rules import judge_quizzes
from lms.core.clock import now
from lms.core.i18n import _, _l, n_
from lms.plugins.criteria import CompletionCriterion, Verdict
from lms.web.links import path_to


class QuizzesPassed(CompletionCriterion):
    """Every quiz of the release is passed. Out of reach when attempts are used up or the cohort is over."""

    name = "quizzes-passed"

    def judge(self, enrolment_ids: Sequence[UUID]) -> Mapping[UUID, Verdict | None]:
        """Return the verdict on each enrolment, in one query; None for a course without quizzes."""
        return {key: _verdict(key, quizzes) for key, quizzes in count_quizzes(enrolment_ids).items()}


def _verdict(enrolment_id: UUID, quizzes: Sequence[QuizCount]) -> Verdict | None:
    if not quizzes:
        return None
    today = now().astimezone(ZoneInfo(quizzes[0].timezone)).date()
    missing = [quiz for quiz in quizzes if not quiz.is_passed]
    used_up = [quiz for quiz in missing if quiz.is_used_up]
    is_over = quizzes[0].ends_on < today
    state = judge_quizzes(
        passed=len(quizzes) - len(missing), total=len(quizzes), is_over=is_over, used_up=len(used_up)
    )
    next_one = next((quiz for quiz in missing if not quiz.is_used_up), missing[0] if missing else None)
    return Verdict(
        criterion=QuizzesPassed.name,
        state=state,
        title=_l("Evaluaciones aprobadas"),
        detail=_detail(quizzes, missing, used_up, is_over=is_over),
        action=path_to("attempts.open_quiz", enrolment_id=enrolment_id, unit_id=next_one.unit_id)
        if next_one
        else "",
    )


def _detail(
    quizzes: Sequence[QuizCount],
    missing: Sequence[QuizCount],
    used_up: Sequence[QuizCount],
    *,
    is_over: bool,
) -> str:
    total, passed = len(quizzes), len(quizzes) - len(missing)
    if not missing:
        return str(n_("Aprobó la evaluación.", "Aprobó las %(num)s evaluaciones.", total))
    done = _("Aprobó %(passed)s de %(total)s.", passed=passed, total=total)
    return f"{done} {_what_to_do(missing, used_up, is_over=is_over)}"


def _what_to_do(missing: Sequence[QuizCount], used_up: Sequence[QuizCount], *, is_over: bool) -> str:
    if is_over:
        return str(_("El curso ya cerró. Pida una prórroga a quien coordina su cohorte."))
    if used_up:
        return str(
            _(
                "Usó todos los intentos de %(titles)s. Pida uno más a quien coordina su cohorte.",
                titles=_titles(used_up),
            )
        )
    return str(_("Falta: %(titles)s.", titles=_titles(missing)))


def _titles(quizzes: Sequence[QuizCount]) -> str:
    return ", ".join(_("«%(name)s»", name=quiz.title) for quiz in quizzes)
