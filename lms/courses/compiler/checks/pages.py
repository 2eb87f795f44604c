"""Every rule of writing over one page."""

from lms.courses.compiler.checks.avoided import check_words
from lms.courses.compiler.checks.citations import check_citations
from lms.courses.compiler.checks.glossary_use import Vocabulary, check_links_to_terms
from lms.courses.compiler.checks.personal import check_personal_data
from lms.courses.compiler.checks.phones import check_phone_numbers
from lms.courses.compiler.checks.readability import check_readability
from lms.courses.compiler.checks.sentences import check_sentences, sentences
from lms.courses.compiler.checks.structure import check_headings, check_html, check_terms
from lms.courses.compiler.checks.weight import check_images
from lms.courses.compiler.checks.written import Written, read
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.front_matter import Page
from lms.courses.compiler.glossary import TermIndex
from lms.courses.compiler.site import Site


def check_page(page: Page, site: Site, findings: Findings) -> None:
    """Report what breaks a rule of writing on a quiz or any other page."""
    written = read(page.path, page.body, page.body_line)
    check_headings(written, findings)
    _check_text(written, site.terms, findings)
    _check_sentences(written, "", findings)
    check_citations(written, findings)
    check_images(written, site.tree, findings)


def check_lesson(page: Page, site: Site, vocabulary: Vocabulary, findings: Findings) -> None:
    """Report what breaks a rule of writing on a lesson."""
    written = read(page.path, page.body, page.body_line)
    check_headings(written, findings)
    _check_text(written, site.terms, findings)
    _check_sentences(written, site.language, findings)
    check_citations(written, findings)
    check_images(written, site.tree, findings)
    check_links_to_terms(written, vocabulary, findings)


def check_glossary(
    path: str, text: str, terms: TermIndex, findings: Findings, *, first_line: int = 1
) -> None:
    """Report what breaks a rule of writing in the glossary, whose headings are its terms."""
    written = read(path, text, first_line)
    _check_text(written, terms, findings)
    _check_sentences(written, "", findings)


def _check_text(written: Written, terms: TermIndex, findings: Findings) -> None:
    check_terms(written, terms, findings)
    check_html(written, findings)
    check_phone_numbers(written, findings)
    check_words(written, findings)
    check_personal_data(written, findings)


def _check_sentences(written: Written, language: str, findings: Findings) -> None:
    found = list(sentences(written.lines()))
    check_sentences(written.path, found, findings)
    if language == "es":
        check_readability(written.path, found, findings)
