"""Compile a quiz."""

from types import MappingProxyType

from lms.courses.compiler.block_reader import BlockReader
from lms.courses.compiler.checks.pages import check_page
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Quiz
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.outline import PlannedUnit
from lms.courses.compiler.question_builder import PlannedQuestion, QuestionBuilder
from lms.courses.compiler.records import Record
from lms.courses.compiler.site import Site
from lms.courses.compiler.splitter import Fenced, Node, Prose, split
from lms.plugins.blocks import BlockRole

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
        )
        for name in (spanish, english)
    }
)
_MAX_MINUTES = 600
_MAX_ATTEMPTS = 99


class QuizCompiler:
    """Compiles the quizzes of a course."""

    def __init__(self, site: Site, pass_mark: float, findings: Findings) -> None:
        """Compile within a site; `pass_mark` holds for the quizzes that name none."""
        self._site = site
        self._pass_mark = pass_mark
        self._findings = findings

    def compile(self, unit: PlannedUnit) -> tuple[Quiz, list[PlannedQuestion]]:
        """Return the quiz and its questions with their lines."""
        page, findings = unit.page, self._findings
        record = Record(page.front, page.path, _KEYS, findings)
        manuscript = Manuscript(self._site, page.path, page.body, page.body_line)
        nodes = split(page.body, page.path, findings, first_line=page.body_line)
        intro, planned = self._plan(nodes, manuscript, unit)
        manuscript.convert(findings)
        check_page(page, self._site, findings)
        if not planned:
            message = "El cuestionario no tiene preguntas: agregue bloques «::: pregunta {id=…}»."
            findings.error(Code.NO_QUESTIONS, page.path, page.body_line, message)
        quiz = Quiz(
            slug=unit.place.unit_slug,
            title=record.text("titulo"),
            minutes=record.whole("minutos", at_most=_MAX_MINUTES),
            attempts=record.whole("intentos", at_most=_MAX_ATTEMPTS),
            pass_mark=record.number("aprobar", at_most=1, default=self._pass_mark),
            shuffle=record.flag("mezclar"),
            intro_html=manuscript.html(intro, has_terms=False) + manuscript.notes(),
            questions=tuple(question.finished(manuscript) for question in planned),
        )
        return quiz, planned

    def _plan(
        self, nodes: list[Node], manuscript: Manuscript, unit: PlannedUnit
    ) -> tuple[str, list[PlannedQuestion]]:
        builder = QuestionBuilder(manuscript, self._findings, in_quiz=True, slug=unit.place.unit_slug)
        reader = BlockReader(manuscript)
        reader.check(nodes, self._findings)
        intro, planned = "", list[PlannedQuestion]()
        for node in nodes:
            role = self._role(node, reader)
            if isinstance(node, Fenced) and role is BlockRole.QUESTION:
                planned.append(builder.plan(reader.read(node, Findings())))
                continue
            self._check_place(node, role, manuscript.path, is_late=bool(planned))
            intro += reader.html(node)
        return intro, planned

    def _role(self, node: Node, reader: BlockReader) -> BlockRole:
        kind = reader.kind_of(node) if isinstance(node, Fenced) else None
        return BlockRole.CONTENT if kind is None else kind.role

    def _check_place(self, node: Node, role: BlockRole, path: str, *, is_late: bool) -> None:
        if role is BlockRole.BRANCH:
            message = (
                "Un cuestionario no se divide por sector ni por lugar: use {sector=…} o {pais=…} en la pregunta."
            )
            self._findings.error(Code.MISPLACED_BLOCK, path, node.line, message)
        elif is_late:
            skipped = len(node.text) - len(node.text.lstrip("\n")) if isinstance(node, Prose) else 0
            message = "Este texto está entre preguntas y no se vería: páselo al principio."
            self._findings.error(Code.TEXT_IN_QUIZ, path, node.line + skipped, message)
