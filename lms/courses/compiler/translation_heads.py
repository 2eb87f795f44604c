"""The head of a translated file: what it says of itself, and whether it may be read yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.front_matter import Page, read_page
from lms.courses.compiler.languages import LANGUAGES
from lms.courses.compiler.records import Record
from lms.courses.compiler.source import SourceTree

_ABOUT = (("traduce", "translates"), ("validado-por", "validated-by"), ("borrador", "draft"))
_PAGE = (("titulo", "title"), ("objetivo", "objective"))


def _keys(*pairs: tuple[str, str]) -> Mapping[str, str]:
    return MappingProxyType({name: each[0] for each in pairs for name in each})


PAGE_KEYS = _keys(*_PAGE, *_ABOUT)
"""What a page in another language may say."""
BANK_KEYS = _keys(_PAGE[0], ("tipo", "type"), *_ABOUT)
"""And a question bank: its title and its kind are for those who write."""
PLAIN_KEYS = _keys(*_ABOUT)
"""And a glossary or a variant, which have no title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedFile:
    """A file that says in another language what another file says in that of the course."""

    language: str
    path: str
    base: str
    """Path of the file that it translates."""


def open_translation(
    tree: SourceTree, file: TranslatedFile, keys: Mapping[str, str], findings: Findings
) -> tuple[Page, Record] | None:
    """Return the page behind a file and its head, or None when it cannot or must not be read yet."""
    text = tree.text(file.path, findings)
    page = read_page(text, file.path, findings) if text is not None else None
    if page is None:
        return None
    record = Record(page.front, file.path, keys, findings)
    return None if _is_held_back(file, record, findings) else (page, record)


def _is_held_back(file: TranslatedFile, record: Record, findings: Findings) -> bool:
    language = LANGUAGES[file.language]
    if record.flag("borrador"):
        message = "Es un borrador: se lee la original. Cuando esté traducida, quite «borrador»."
        findings.warning(Code.NOT_VALIDATED, file.path, record.line_of("borrador"), message)
        return True
    if language.needs_validation and not record.text("validado-por", default=""):
        message = (
            f"Se lee la original hasta que alguien que hable {language.name} la revise: "
            "agregue «validado-por: cargo o institución»."
        )
        findings.warning(Code.NOT_VALIDATED, file.path, record.line, message)
        return True
    return False
