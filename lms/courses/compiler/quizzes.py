"""Compile a quiz, with the questions that it takes from banks."""

from collections.abc import Sequence

from lms.courses.compiler.asking import plan_questions
from lms.courses.compiler.banks import Banks, bank_names
from lms.courses.compiler.checks.pages import check_page
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Quiz
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.outline import PlannedUnit, is_plan_page, is_survey_page
from lms.courses.compiler.question_builder import PlannedQuestion
from lms.courses.compiler.quiz_heads import KEYS, QuizHead
from lms.courses.compiler.quiz_terms import Moment
from lms.courses.compiler.records import Record
from lms.courses.compiler.site import Site
from lms.courses.compiler.splitter import split

_MAX_MINUTES = 600
_MAX_ATTEMPTS = 99
_ASKED_LATER = frozenset({"likert", "single", "multiple", "true-false", "numeric", "short", "essay"})
"""Kinds of question that a survey of the follow-up may ask."""


class QuizCompiler:
    """Compiles the quizzes of a course."""

    def __init__(self, site: Site, pass_mark: float, banks: Banks, findings: Findings) -> None:
        """Compile within a site; `pass_mark` holds for the quizzes that name none."""
        self._site = site
        self._pass_mark = pass_mark
        self._banks = banks
        self._findings = findings

    def compile(self, unit: PlannedUnit) -> tuple[Quiz, list[PlannedQuestion]]:
        """Return the quiz, and its own questions with their lines."""
        page, findings = unit.page, self._findings
        record = Record(page.front, page.path, KEYS, findings)
        manuscript = Manuscript(self._site, page.path, page.body, page.body_line)
        nodes = split(page.body, page.path, findings, first_line=page.body_line)
        is_survey, is_plan = is_survey_page(page), is_plan_page(page)
        intro, planned = plan_questions(
            nodes, manuscript, findings, slug=unit.place.unit_slug, is_survey=is_survey
        )
        manuscript.convert(findings)
        check_page(page, self._site, findings)
        head = QuizHead(record, self._banks, findings)
        head.check(is_survey=is_survey, is_plan=is_plan)
        if is_plan:
            self._check_plan(unit, planned)
        if is_survey and head.moment is Moment.FOLLOW_UP:
            self._check_follow_up(unit, planned)
        shuffles = head.shuffles
        if not planned and not bank_names(page):
            message = "El cuestionario no tiene preguntas: agregue bloques «::: pregunta {id=…}»."
            findings.error(Code.NO_QUESTIONS, page.path, page.body_line, message)
        is_free = is_survey or head.moment in {Moment.INITIAL, Moment.FOLLOW_UP}
        quiz = Quiz(
            slug=unit.place.unit_slug,
            title=record.text("titulo"),
            minutes=record.whole("minutos", at_most=_MAX_MINUTES),
            attempts=self._attempts(record, is_free=is_free, is_plan=is_plan),
            pass_mark=0 if is_free else 1 if is_plan else self._mark(record),
            shuffle=shuffles[0],
            intro_html=manuscript.html(intro, has_terms=False) + manuscript.notes(),
            questions=(*(question.finished(manuscript) for question in planned), *head.pool),
            is_survey=is_survey,
            is_plan=is_plan,
            shuffles_questions=shuffles[1],
            **head.terms(),
        )
        return quiz, planned

    def _attempts(self, record: Record, *, is_free: bool, is_plan: bool) -> int:
        """Return how often it may be handed in: a plan that comes back is mended until it is approved."""
        if is_plan:
            return _MAX_ATTEMPTS
        return 1 if is_free else record.whole("intentos", at_most=_MAX_ATTEMPTS)

    def _mark(self, record: Record) -> float:
        return record.number("aprobar", at_most=1, default=self._pass_mark)

    def _check_plan(self, unit: PlannedUnit, planned: Sequence[PlannedQuestion]) -> None:
        for question in planned:
            if question.type != "essay":
                message = "En un plan cada pregunta se contesta con un texto: escriba «tipo=ensayo»."
                self._findings.error(Code.UNKNOWN_QUESTION_TYPE, unit.page.path, question.line, message)

    def _check_follow_up(self, unit: PlannedUnit, planned: Sequence[PlannedQuestion]) -> None:
        for question in planned:
            if question.type not in _ASKED_LATER:
                message = (
                    "En la encuesta de seguimiento use opciones, «tipo=escala», «tipo=numero», «tipo=corta» "
                    "o «tipo=ensayo»."
                )
                self._findings.error(Code.UNKNOWN_QUESTION_TYPE, unit.page.path, question.line, message)
