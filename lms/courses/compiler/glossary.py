"""Read glosario.md, and find the term that an author means."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.slugs import slugify
from lms.courses.compiler.source import SourceTree

PATH = "glosario.md"
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t#]*")
_ALIASES = re.compile(r"(?:También|Also)\s*:\s*(.*)", re.IGNORECASE)
TERM_LEVEL = 2


@dataclass(slots=True, kw_only=True)
class TermDraft:
    """A term as written, with nothing converted."""

    term: str
    line: int
    aliases: tuple[str, ...] = ()
    lines: list[str] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """The anchor of the term."""
        return slugify(self.term)


class TermIndex:
    """The terms of a course, found by any of their forms, whatever their accents and capitals."""

    def __init__(self, drafts: Iterable[TermDraft]) -> None:
        """Index the terms; the first one wins a form that two share."""
        self.drafts = tuple(drafts)
        self._slugs: dict[str, str] = {}
        self.forms: list[str] = []
        for draft in self.drafts:
            for form in (draft.term, *draft.aliases):
                self._slugs.setdefault(slugify(form), draft.slug)
                self.forms.append(form.casefold())

    def find(self, word: str) -> str | None:
        """Return the slug of the term that a word means, or None."""
        return self._slugs.get(slugify(word))


def read_glossary(tree: SourceTree, findings: Findings) -> TermIndex:
    """Return the terms of glosario.md; a course may have none."""
    drafts: list[TermDraft] = []
    for number, line in enumerate((tree.text(PATH, findings) or "").split("\n"), 1):
        heading = _HEADING.fullmatch(line)
        aliases = _ALIASES.fullmatch(line.strip())
        if heading is not None and len(heading.group(1)) >= TERM_LEVEL:
            drafts.append(TermDraft(term=heading.group(2).strip(), line=number))
        elif drafts and aliases is not None:
            drafts[-1].aliases += tuple(
                part.strip(" .") for part in aliases.group(1).split(",") if part.strip(" .")
            )
        elif drafts:
            drafts[-1].lines.append(line)
    return TermIndex(_sound(drafts, findings))


def _sound(drafts: list[TermDraft], findings: Findings) -> list[TermDraft]:
    kept: dict[str, TermDraft] = {}
    for draft in drafts:
        if not draft.slug:
            findings.error(
                Code.BAD_GLOSSARY, PATH, draft.line, "El término está vacío: escriba «## Término»."
            )
        elif draft.slug in kept:
            message = f"«{draft.term}» ya está en la línea {kept[draft.slug].line}: deje una definición."
            findings.error(Code.BAD_GLOSSARY, PATH, draft.line, message)
        else:
            kept[draft.slug] = draft
            if not "".join(draft.lines).strip():
                message = f"«{draft.term}» no tiene definición: escriba un párrafo debajo."
                findings.error(Code.BAD_GLOSSARY, PATH, draft.line, message)
    return list(kept.values())
