"""Read the questions of a page that only asks: a quiz, or a bank for quizzes."""

from collections.abc import Sequence

from lms.courses.compiler.block_reader import BlockReader
from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.question_builder import PlannedQuestion, QuestionBuilder
from lms.courses.compiler.splitter import Fenced, Node, Prose
from lms.plugins.blocks import BlockRole

_BETWEEN = "Este texto está entre preguntas y no se vería: páselo al principio."
_IN_BANK = "En un banco solo van preguntas: pase este texto a los cuestionarios que lo usan."


def plan_questions(
    nodes: Sequence[Node],
    manuscript: Manuscript,
    findings: Findings,
    *,
    slug: str,
    is_bank: bool = False,
    is_survey: bool = False,
) -> tuple[str, list[PlannedQuestion]]:
    """Return the marked text before the questions, and these; a bank has no text of its own."""
    builder = QuestionBuilder(manuscript, findings, in_quiz=True, slug=slug, is_survey=is_survey)
    reader = BlockReader(manuscript)
    reader.check(list(nodes), findings)
    intro, planned = "", list[PlannedQuestion]()
    for node in nodes:
        role = _role(node, reader)
        if isinstance(node, Fenced) and role is BlockRole.QUESTION:
            planned.append(builder.plan(reader.read(node, Findings())))
            continue
        if role is BlockRole.BRANCH:
            message = "Un cuestionario no se divide por sector ni por lugar: use {sector=…} o {pais=…} en la pregunta."
            findings.error(Code.MISPLACED_BLOCK, manuscript.path, node.line, message)
        elif is_bank or planned:
            message = _IN_BANK if is_bank else _BETWEEN
            findings.error(Code.TEXT_IN_QUIZ, manuscript.path, _text_line(node), message)
        intro += reader.html(node)
    return intro, planned


def _role(node: Node, reader: BlockReader) -> BlockRole:
    kind = reader.kind_of(node) if isinstance(node, Fenced) else None
    return BlockRole.CONTENT if kind is None else kind.role


def _text_line(node: Node) -> int:
    """Return the line at which a node says something."""
    return node.line + (len(node.text) - len(node.text.lstrip("\n")) if isinstance(node, Prose) else 0)
