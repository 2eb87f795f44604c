"""What of a course is translated: which file says in which language what another one says."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lms.courses.compiler import glossary
from lms.courses.compiler.banks import is_bank_path
from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.languages import FOLDERS, LANGUAGES
from lms.courses.compiler.source import SourceTree
from lms.courses.compiler.translation_heads import TranslatedFile

InLanguage = dict[str, list[TranslatedFile]]
"""Files by their language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationPlan:
    """The translated files of a course, in the order of their paths."""

    pages: list[TranslatedFile] = field(default_factory=list)
    glossaries: dict[str, TranslatedFile] = field(default_factory=dict)
    """By language."""
    banks: InLanguage = field(default_factory=dict)
    variants: dict[tuple[str, str], TranslatedFile] = field(default_factory=dict)
    """By language and path of the variant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translatable:
    """The paths of all that a course has to translate."""

    pages: Collection[str]
    variants: Collection[str]

    def others(self, tree: SourceTree) -> Iterator[str]:
        """Give the paths of what is no page."""
        yield from self.variants
        yield from (path for path in tree.files if is_bank_path(path) or path == glossary.PATH)


def plan_translations(
    tree: SourceTree, language: str, known: Translatable, findings: Findings
) -> TranslationPlan:
    """Return the translated files of a course whose own language is given."""
    plan = TranslationPlan()
    bases = {*known.pages, *known.others(tree)}
    taken: dict[tuple[str, str], str] = {}
    for file in _files(tree, language, findings):
        first = taken.setdefault((file.language, file.base), file.path)
        if first != file.path:
            message = f"La misma página ya está traducida en «{first}»: deje una de las dos."
            findings.error(Code.DUPLICATE_SLUG, file.path, 1, message)
        elif file.base not in bases:
            message = (
                f"«{file.base}» no es una página del curso, ni su glosario, un banco o una variante."
                f"{did_you_mean(file.base, bases)}"
            )
            findings.error(Code.NO_BASE_PAGE, file.path, 1, message)
        else:
            _keep(plan, file, known.pages)
    return plan


def _keep(plan: TranslationPlan, file: TranslatedFile, pages: Collection[str]) -> None:
    if file.base in pages:
        plan.pages.append(file)
    elif file.base == glossary.PATH:
        plan.glossaries[file.language] = file
    elif is_bank_path(file.base):
        plan.banks.setdefault(file.language, []).append(file)
    else:
        plan.variants[file.language, file.base] = file


def _files(tree: SourceTree, language: str, findings: Findings) -> Iterator[TranslatedFile]:
    unknown: set[str] = set()
    for path in sorted(tree.files):
        folder, _, rest = path.partition("/")
        if folder not in FOLDERS or not path.endswith(".md"):
            continue
        code, _, base = rest.partition("/")
        if code in LANGUAGES and code != language:
            yield TranslatedFile(language=code, path=path, base=base)
            continue
        if code not in unknown:
            _report_language(code, language, path, findings)
        unknown.add(code)


def _report_language(code: str, language: str, path: str, findings: Findings) -> None:
    if code == language:
        message = f"«{code}» es el idioma del curso: su texto va en la página original."
    else:
        message = (
            f"El idioma «{code}» no se conoce: use {', '.join(LANGUAGES)}.{did_you_mean(code, LANGUAGES)}"
        )
    findings.error(Code.UNKNOWN_LANGUAGE, path, 1, message)
