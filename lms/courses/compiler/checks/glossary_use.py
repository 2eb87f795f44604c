"""The glossary serves the lessons: a lesson links a term where it first uses it, and no term is idle."""

import re
from collections import defaultdict
from collections.abc import Iterable

from lms.courses.compiler import glossary
from lms.courses.compiler.checks.written import Written, blank
from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.glossary import TermIndex
from lms.courses.compiler.terms import WRITTEN

# Terms are not linked there: headings, heads of blocks, notes, links, quotations.
_ELSEWHERE = re.compile(
    r"^[ \t]*(?:#|:{3}).*$|^[ \t]*\[\^[^\]\n]+\]:.*$|\[\[[^\]\n]*\]\]|\[[^\[\]\n]*\](?=\()"
    r"|«(?:[^«»\n]|\n(?!\s*\n))*»",
    re.MULTILINE,
)
_QUESTION = re.compile(
    r"^ {0,3}(:{3,})[ \t]*(?:pregunta|question)\b.*?(?:^ {0,3}\1[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)


class Vocabulary:
    """The forms of the terms of a course, in small letters."""

    def __init__(self, terms: TermIndex) -> None:
        """Take every form of each term."""
        self.terms = terms
        self._forms: dict[str, list[str]] = defaultdict(list)
        for draft in terms.drafts:
            self._forms[draft.slug] += [form.lower() for form in (draft.term, *draft.aliases)]
        self._every = [form for forms in self._forms.values() for form in forms]

    def first_use(self, slug: str, spoken: str) -> tuple[int, str] | None:
        """Return where a text in small letters first uses a term, and its form there."""
        found = [
            (place, form) for form in self._forms[slug] if (place := self._place(form, spoken)) is not None
        ]
        return min(found, default=None)

    def may_be_in(self, slug: str, text: str) -> bool:
        """Return whether a text in small letters holds the letters of any form of a term."""
        return any(form in text for form in self._forms[slug])

    def _place(self, form: str, spoken: str) -> int | None:
        """Return the first place of a form that is not part of a longer one, as «acogida» is of another."""
        if form not in spoken:
            return None
        for longer in self._every:
            if form in longer and form != longer:
                spoken = spoken.replace(longer, " " * len(longer))
        found = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", spoken)
        return None if found is None else found.start()


def check_links_to_terms(written: Written, vocabulary: Vocabulary, findings: Findings) -> None:
    """A term that a lesson links is linked where it first appears."""
    linked: dict[str, int] = {}
    for found in WRITTEN.finditer(written.lowered):
        slug = vocabulary.terms.find(found[1])
        if slug is not None:
            linked.setdefault(slug, found.start())
    linked = {slug: at for slug, at in linked.items() if vocabulary.may_be_in(slug, written.lowered[:at])}
    if not linked:
        return
    spoken = _spoken(written.lowered[: max(linked.values())])
    for slug, place in linked.items():
        used = vocabulary.first_use(slug, spoken[:place])
        if used is not None:
            form = written.text[used[0] : used[0] + len(used[1])]
            message = f"«{form}» aparece aquí antes que su enlace: enlace esta vez, [[{form}]]."
            findings.warning(Code.TERM_NOT_LINKED, written.path, written.line_at(used[0]), message)


def check_idle_terms(terms: TermIndex, linked: Iterable[str], findings: Findings) -> None:
    """Some lesson links each term of the glossary: `linked` are the slugs of those that are.

    Until a course links its first term nothing is told: its author has not come to the links yet.
    """
    seen = set(linked)
    for draft in terms.drafts:
        if seen and draft.slug not in seen:
            message = f"Ninguna lección enlaza «{draft.term}»: enlácelo con [[ ]] o quítelo del glosario."
            findings.warning(Code.UNUSED_TERM, glossary.PATH, draft.line, message)


def _spoken(text: str) -> str:
    if "::: pregunta" in text or "::: question" in text:
        text = blank(_QUESTION, text)
    return blank(_ELSEWHERE, text)
