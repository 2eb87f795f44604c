"""Read glosario.md, and find the term that an author means."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.sections import short_hash
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
    anchor: str = ""
    """Of the term that it translates; empty for a term of the course itself."""
    language: str = ""
    """In which it is written, when that is not the language of the page that asks for it."""

    @property
    def slug(self) -> str:
        """The anchor of the term."""
        return self.anchor or slugify(self.term)

    @property
    def hash(self) -> str:
        """Eight hexadecimal digits that change with what is said of the term."""
        return short_hash("\n".join([self.term, ", ".join(self.aliases), *self.lines]))


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
    return TermIndex(sound_terms(read_terms(tree.text(PATH, findings) or ""), PATH, findings))


def read_terms(text: str, first_line: int = 1) -> list[TermDraft]:
    """Return every term of a text whose first line has a number, sound or not."""
    drafts: list[TermDraft] = []
    for number, line in enumerate(text.split("\n"), first_line):
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
    return drafts


def sound_terms(drafts: list[TermDraft], path: str, findings: Findings) -> list[TermDraft]:
    """Return the terms that have a name of their own; one without a definition is reported and stays."""
    kept: dict[str, TermDraft] = {}
    for draft in drafts:
        if not draft.slug:
            findings.error(
                Code.BAD_GLOSSARY, path, draft.line, "El término está vacío: escriba «## Término»."
            )
        elif draft.slug in kept:
            message = f"«{draft.term}» ya está en la línea {kept[draft.slug].line}: deje una definición."
            findings.error(Code.BAD_GLOSSARY, path, draft.line, message)
        else:
            kept[draft.slug] = draft
            if not "".join(draft.lines).strip():
                message = f"«{draft.term}» no tiene definición: escriba un párrafo debajo."
                findings.error(Code.BAD_GLOSSARY, path, draft.line, message)
    return list(kept.values())
