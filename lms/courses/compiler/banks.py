"""Question banks: files of questions from which the attempts at a quiz draw theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from lms.courses.compiler.asking import plan_questions
from lms.courses.compiler.checks.pages import check_page
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Question
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.front_matter import Page, read_page
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.question_builder import PlannedQuestion
from lms.courses.compiler.records import Record
from lms.courses.compiler.site import Site
from lms.courses.compiler.slugs import SLUG, slugify
from lms.courses.compiler.splitter import split
from lms.courses.compiler.yaml_nodes import YamlNode

FOLDERS: Final = ("bancos/", "banks/")
KEYS: Final = ("banco", "bank")
"""What a quiz calls the banks that it uses, and a bank itself."""
FORM_KEYS: Final = ("formas", "forms")
_KEYS = MappingProxyType({"tipo": "tipo", "type": "tipo", "titulo": "titulo", "title": "titulo"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """The questions of a bank, with their lines."""

    questions: tuple[Question, ...]
    planned: tuple[PlannedQuestion, ...]


Banks = Mapping[str, Bank | None]
"""Banks by name; None for one that could not be read, which its own file explains."""


def is_bank_path(path: str) -> bool:
    """Say whether a file of the course folder holds a bank."""
    return path.startswith(FOLDERS) and path.count("/") == 1 and path.endswith(".md")


def name_of(path: str) -> str:
    """Return how quizzes call the bank at a path."""
    return path.partition("/")[2].removesuffix(".md")


def bank_names(page: Page) -> list[str]:
    """Return the names of the banks that a quiz says to use, those of its forms too."""
    front = page.front.value if isinstance(page.front.value, dict) else {}
    return [name for key in (*KEYS, *FORM_KEYS) if key in front for name in _names(front[key])]


def _names(node: YamlNode) -> list[str]:
    items = node.value if isinstance(node.value, list) else [node]
    return [each.value for each in items if isinstance(each.value, str) and each.value]


def bank_paths(paths: Iterable[str], findings: Findings) -> dict[str, str]:
    """Return where each bank stands, by name; of two that are called the same the first one stays."""
    found: dict[str, str] = {}
    for path in sorted(filter(is_bank_path, paths)):
        name = name_of(path)
        if not SLUG.fullmatch(name):
            message = f"El nombre del archivo debe ser como {slugify(name) or 'senales'}.md."
            findings.error(Code.BAD_NAME, path, 1, message)
        if name in found:
            message = f"Se llama igual que «{found[name]}»: cambie el nombre de un archivo."
            findings.error(Code.DUPLICATE_SLUG, path, 1, message)
        found.setdefault(name, path)
    return found


def report_idle_banks(paths: Mapping[str, str], quizzes: Iterable[Page], findings: Findings) -> None:
    """Warn of the banks that none of the quizzes uses; `paths` leads from their names to their files."""
    used = {name for page in quizzes for name in bank_names(page)}
    for name, path in paths.items():
        if name not in used:
            message = f"Ningún cuestionario usa este banco: escriba «banco: {name}» en uno, o quítelo."
            findings.warning(Code.UNUSED_FILE, path, 1, message)


def compile_bank(site: Site, path: str, findings: Findings) -> Bank | None:
    """Return the bank at a path, or None and errors when it cannot be read."""
    text = site.tree.text(path, findings)
    page = read_page(text, path, findings) if text is not None else None
    if page is None:
        return None
    _check_front(page, findings)
    manuscript = Manuscript(site, path, page.body, page.body_line)
    nodes = split(page.body, path, findings, first_line=page.body_line)
    _, planned = plan_questions(nodes, manuscript, findings, slug=name_of(path), is_bank=True)
    manuscript.convert(findings)
    check_page(page, site, findings)
    if not planned:
        message = "El banco no tiene preguntas: agregue bloques «::: pregunta {id=…}»."
        findings.error(Code.NO_QUESTIONS, path, page.body_line, message)
    return Bank(
        questions=tuple(question.finished(manuscript) for question in planned), planned=tuple(planned)
    )


def _check_front(page: Page, findings: Findings) -> None:
    record = Record(page.front, page.path, _KEYS, findings)
    record.text("titulo")
    kind = record.text("tipo")
    if kind and kind not in KEYS:
        message = "Los archivos de esta carpeta son bancos de preguntas: escriba «tipo: banco»."
        findings.error(Code.BAD_VALUE, page.path, record.line_of("tipo"), message)
    if page.verify:
        message = "En un banco cada pregunta espera su propia firma: páselo a las llaves de la pregunta."
        findings.error(Code.UNKNOWN_KEY, page.path, page.verify_line, message)
