"""Rules about the skeleton of a page: its headings, its terms, and no HTML."""

import re

from lms.courses.compiler.checks.written import Written
from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.glossary import TermIndex
from lms.courses.compiler.terms import WRITTEN

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+\S", re.MULTILINE)
_HTML = re.compile(
    r"</?(?:a|b|br|button|center|div|em|font|form|h[1-6]|hr|i|iframe|img|input|li|object|ol|p|script|span"
    r"|strong|style|sub|sup|svg|table|td|th|tr|u|ul|video|audio)\b[^<>]*>",
    re.IGNORECASE,
)


def check_terms(written: Written, terms: TermIndex, findings: Findings) -> None:
    """Every [[term]] is in the glossary."""
    for found in WRITTEN.finditer(written.text):
        term = found[1].strip()
        if terms.find(term) is None:
            message = f"«{term}» no está en glosario.md.{did_you_mean(term, terms.forms)}"
            findings.error(Code.UNKNOWN_TERM, written.path, written.line_at(found.start()), message)


def check_headings(written: Written, findings: Findings) -> None:
    """The title is the only first-level heading, and no level is skipped."""
    previous = 1
    for found in _HEADING.finditer(written.text):
        level = len(found[1])
        line = written.line_at(found.start(1))
        if level == 1:
            message = "El título de la página ya es el primer nivel: empiece con «##»."
            findings.error(Code.TOP_HEADING, written.path, line, message)
        elif level > previous + 1:
            message = f"Salta un nivel: use «{'#' * (previous + 1)}»."
            findings.warning(Code.SKIPPED_HEADING, written.path, line, message)
        previous = level


def check_html(written: Written, findings: Findings) -> None:
    """Pages are Markdown: tags of HTML are taken out. A line is told once."""
    told: set[int] = set()
    for found in _HTML.finditer(written.text):
        line = written.line_at(found.start())
        if line not in told:
            told.add(line)
            tag = found[0].split("\n")[0]
            message = f"«{tag}» es HTML y se quita: use Markdown o un bloque «:::»."
            findings.warning(Code.RAW_HTML, written.path, line, message)
