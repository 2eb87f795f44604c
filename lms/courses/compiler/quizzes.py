"""Compile a quiz, with the questions that it takes from a bank."""

from types import MappingProxyType

from lms.courses.compiler.asking import plan_questions
from lms.courses.compiler.banks import Bank, Banks, bank_of
from lms.courses.compiler.checks.pages import check_page
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Quiz
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.outline import PlannedUnit, is_survey_page
from lms.courses.compiler.question_builder import PlannedQuestion
from lms.courses.compiler.records import Record
from lms.courses.compiler.site import Site
from lms.courses.compiler.splitter import split

_KEYS = MappingProxyType(
    {
        name: spanish
        for spanish, english in (
            ("tipo", "type"),
            ("titulo", "title"),
            ("minutos", "minutes"),
            ("intentos", "attempts"),
            ("aprobar", "pass"),
            ("mezclar", "shuffle"),
            ("banco", "bank"),
            ("extraer", "draw"),
        )
        for name in (spanish, english)
    }
)
_MAX_MINUTES = 600
_MAX_ATTEMPTS = 99


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
        record = Record(page.front, page.path, _KEYS, findings)
        manuscript = Manuscript(self._site, page.path, page.body, page.body_line)
        nodes = split(page.body, page.path, findings, first_line=page.body_line)
        is_survey = is_survey_page(page)
        intro, planned = plan_questions(
            nodes, manuscript, findings, slug=unit.place.unit_slug, is_survey=is_survey
        )
        manuscript.convert(findings)
        check_page(page, self._site, findings)
        if is_survey:
            self._check_survey(record)
        bank, drawn = self._bank(record)
        drawable = bank.questions if bank else ()
        if not planned and not bank_of(page):
            message = "El cuestionario no tiene preguntas: agregue bloques «::: pregunta {id=…}»."
            findings.error(Code.NO_QUESTIONS, page.path, page.body_line, message)
        quiz = Quiz(
            slug=unit.place.unit_slug,
            title=record.text("titulo"),
            minutes=record.whole("minutos", at_most=_MAX_MINUTES),
            attempts=1 if is_survey else record.whole("intentos", at_most=_MAX_ATTEMPTS),
            pass_mark=0 if is_survey else record.number("aprobar", at_most=1, default=self._pass_mark),
            shuffle=record.flag("mezclar"),
            intro_html=manuscript.html(intro, has_terms=False) + manuscript.notes(),
            questions=(*(question.finished(manuscript) for question in planned), *drawable),
            pool=tuple(question.id for question in drawable),
            drawn=drawn,
            is_survey=is_survey,
        )
        return quiz, planned

    def _check_survey(self, record: Record) -> None:
        for key in ("intentos", "aprobar", "banco", "extraer"):
            if record.node(key) is not None:
                message = f"Una encuesta se responde una vez y no se califica: quite «{key}»."
                self._findings.error(Code.UNKNOWN_KEY, record.path, record.line_of(key), message)

    def _bank(self, record: Record) -> tuple[Bank | None, int | None]:
        """Return the bank that a quiz uses and how many of its questions each attempt asks; None asks all."""
        name = record.text("banco", default="")
        draws = record.node("extraer") is not None
        if not name:
            if draws:
                message = "Falta «banco»: diga de cuál se extraen las preguntas, o quite «extraer»."
                self._findings.error(Code.MISSING_KEY, record.path, record.line_of("extraer"), message)
            return None, None
        if name not in self._banks:
            message = f"El banco «{name}» no existe en la carpeta bancos.{did_you_mean(name, self._banks)}"
            self._findings.error(Code.UNKNOWN_BANK, record.path, record.line_of("banco"), message)
        bank = self._banks.get(name)
        if bank is None or not bank.questions or not draws:
            return bank, None
        return bank, record.whole("extraer", at_most=len(bank.questions))
