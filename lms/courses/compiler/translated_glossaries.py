"""The glossary in another language: the same terms under the same anchors, each said anew or else marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lms.courses.compiler.alignment import Step, align
from lms.courses.compiler.checks.pages import check_glossary
from lms.courses.compiler.course import GlossaryEntry
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.glossary import PATH, TermDraft, TermIndex, read_terms, sound_terms
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.site import Site
from lms.courses.compiler.stand_ins import stand_in
from lms.courses.compiler.translation_heads import PLAIN_KEYS, TranslatedFile, open_translation

Entries = Mapping[str, GlossaryEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The terms of a course for the pages in a language."""

    index: TermIndex
    """Found by the words of the language, and by those of the course."""
    entries: Entries
    """By slug, in the order of the course."""


def untranslated_words(site: Site, entries: Entries) -> Words:
    """Return the terms of a course as a page in a language without a glossary shows them: marked with their own."""
    marked = {slug: replace(entry, language=site.language) for slug, entry in entries.items()}
    return Words(index=TermIndex(_marked(site.terms.drafts, site.language)), entries=marked)


def translate_glossary(site: Site, entries: Entries, file: TranslatedFile, findings: Findings) -> Words:
    """Return the terms of a course in the language of a file."""
    untranslated = untranslated_words(site, entries)
    opened = open_translation(site.tree, file, PLAIN_KEYS, findings)
    if opened is None:
        return untranslated
    page, record = opened
    base = site.terms.drafts
    own = sound_terms(read_terms(page.body, page.body_line), file.path, findings)
    pairs = _pairs(own, base, align(own, base, record, findings))
    drafts = [replace(draft, anchor=slug) for slug, draft in pairs.items()]
    missing = [draft for draft in untranslated.index.drafts if draft.slug not in pairs]
    # Last come the words of the course, by which a translator may still call a term.
    index = TermIndex([*drafts, *missing, *untranslated.index.drafts])
    around = stand_in(site, file.path, PATH, file.language, index)
    check_glossary(file.path, page.body, index, findings, first_line=page.body_line)
    manuscript = Manuscript(around, file.path, page.body, page.body_line)
    marks = [manuscript.flow("\n".join(draft.lines)) for draft in drafts]
    manuscript.convert(findings)
    around.join_ids()
    said = {
        draft.slug: GlossaryEntry(
            slug=draft.slug,
            term=draft.term,
            html=manuscript.html(mark, has_terms=False),
            aliases=draft.aliases,
        )
        for draft, mark in zip(drafts, marks, strict=True)
    }
    return Words(index=index, entries={**untranslated.entries, **said})


def _pairs(
    own: Sequence[TermDraft], base: Sequence[TermDraft], steps: Sequence[Step]
) -> dict[str, TermDraft]:
    """Return what translates each term, by its slug."""
    return {base[step.base].slug: own[step.own] for step in steps if step.own is not None}


def _marked(drafts: Sequence[TermDraft], language: str) -> list[TermDraft]:
    return [replace(draft, language=language) for draft in drafts]
