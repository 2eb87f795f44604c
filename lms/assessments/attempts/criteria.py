"""What assessments ask for completing a course: quizzes passed, surveys answered, plans approved."""

from collections.abc import Mapping, Sequence
from typing import ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.assessments.attempts.queries import Asked, QuizCount, count_quizzes
from lms.assessments.attempts.rules import judge_quizzes
from lms.core.clock import now
from lms.core.i18n import _, _l, n_
from lms.core.text import Text
from lms.plugins.criteria import CompletionCriterion, State, Verdict
from lms.web.links import path_to


class QuizzesPassed(CompletionCriterion):
    """Every quiz of the release is passed. Out of reach when attempts are used up or the cohort is over."""

    name: ClassVar[str] = "quizzes-passed"
    asked: ClassVar[Asked] = Asked.QUIZ
    title: ClassVar[Text] = _l("Evaluaciones aprobadas")

    def judge(self, enrolment_ids: Sequence[UUID]) -> Mapping[UUID, Verdict | None]:
        """Return the verdict on each enrolment, in one query; None for a course that asks nothing of the kind."""
        found = count_quizzes(enrolment_ids, self.asked)
        return {key: self._verdict(key, quizzes) for key, quizzes in found.items()}

    def all_done(self, total: int) -> str:
        """Return that nothing is missing."""
        return str(n_("Aprobó la evaluación.", "Aprobó las %(num)s evaluaciones.", total))

    def some_done(self, done: int, total: int) -> str:
        """Return how many are done."""
        return str(_("Aprobó %(passed)s de %(total)s.", passed=done, total=total))

    def is_used_up(self, quiz: QuizCount) -> bool:
        """Say whether nothing but somebody's decision helps while the cohort runs."""
        return quiz.is_used_up

    def _verdict(self, enrolment_id: UUID, quizzes: Sequence[QuizCount]) -> Verdict | None:
        if not quizzes:
            return None
        today = now().astimezone(ZoneInfo(quizzes[0].timezone)).date()
        missing = [quiz for quiz in quizzes if not quiz.is_passed]
        used_up = [quiz for quiz in missing if self.is_used_up(quiz)]
        done, is_over = len(quizzes) - len(missing), quizzes[0].ends_on < today
        state = judge_quizzes(passed=done, total=len(quizzes), is_over=is_over, used_up=len(used_up))
        next_one = next((quiz for quiz in missing if quiz not in used_up), missing[0] if missing else None)
        said = self.some_done(done, len(quizzes)) if missing else self.all_done(len(quizzes))
        rest = f" {_what_to_do(missing, used_up, is_over=is_over)}" if state is not State.MET else ""
        return Verdict(
            criterion=self.name,
            state=state,
            title=self.title,
            detail=f"{said}{rest}",
            action=path_to("attempts.open_quiz", enrolment_id=enrolment_id, unit_id=next_one.unit_id)
            if next_one
            else "",
        )


class SurveysAnswered(QuizzesPassed):
    """Every survey of the release is answered; nobody passes one."""

    name: ClassVar[str] = "surveys-answered"
    asked: ClassVar[Asked] = Asked.SURVEY
    title: ClassVar[Text] = _l("Encuestas contestadas")

    def all_done(self, total: int) -> str:
        """Return that nothing is missing."""
        return str(n_("Contestó la encuesta.", "Contestó las %(num)s encuestas.", total))

    def some_done(self, done: int, total: int) -> str:
        """Return how many are answered."""
        return str(_("Contestó %(done)s de %(total)s.", done=done, total=total))

    def is_used_up(self, quiz: QuizCount) -> bool:  # noqa: ARG002 - a survey is handed in or waits
        """Return that it never is."""
        return False


class PlansApproved(SurveysAnswered):
    """Every plan of the release is approved by whoever leads the person."""

    name: ClassVar[str] = "plans-approved"
    asked: ClassVar[Asked] = Asked.PLAN
    title: ClassVar[Text] = _l("Planes aprobados")

    def all_done(self, total: int) -> str:
        """Return that nothing is missing."""
        return str(n_("Le aprobaron el plan.", "Le aprobaron los %(num)s planes.", total))

    def some_done(self, done: int, total: int) -> str:
        """Return how many are approved."""
        return str(_("Le aprobaron %(done)s de %(total)s.", done=done, total=total))


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
