"""Whoever states a norm or a figure says where it comes from, in the same paragraph."""

import re

from lms.courses.compiler.checks.written import Written
from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings

_PEOPLE = (
    r"(?:personas|víctimas|casos|niñ[oa]s|mujeres|hombres|adolescentes|denuncias|sentencias|delitos"
    r"|trabajador[ea]s)"
)
# A number that counts people: a share, thousands, or «tres de cada diez».
_COUNT = re.compile(
    r"\d[\d., \u2009]{0,24}(%|por ciento|mil(?=\s)|millones)?\s*(?:de\s+)?(?:los?\s|las?\s|tod[oa]s\s)?\s*"
    rf"{_PEOPLE}"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[. \u2009]\d{3})+(?!\d)")
_SHARE = re.compile(r"de\s+cada\s+(?:\d+|dos|tres|cuatro|cinco|diez|cien|mil)\b")
_ARTICLE = re.compile(r"art(?:ículo|\.)s?\s+\d+")
_NORM_HEAD = re.compile(r":::[ \t]*(?:norma|law)\b")
_NORM_BLOCK = re.compile(r"(:{3,})[ \t]*(?:norma|law)\b.*?(?:^ {0,3}\1[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_CITED = re.compile(r"\[\^|\]\(|https?:|\{[^{}\n]*\b(?:fuente|source)=")
_NAMED = re.compile(
    r"\b(?:[Ll]ey(?:es)?|LEY|[Pp]rotocolo|[Cc]ódigo|[Cc]onstituci(?:ón|onal)|[Rr]eglamento|[Cc]onvenci(?:ón|ones)|[Cc]onvenios?"
    r"|[Dd]ecreto|[Ee]statuto|[Pp]acto|[Dd]irectiva|[Ll]ineamientos|[Nn]orma [A-Z]|NOM|COIP|[Rr]esolución|[Ss]entencia"
    r"|[Rr]eforma|[Tt]ratado|[Aa]cuerdo|[Dd]eclaración)\b"
)
_REPORTED = re.compile(
    r"\b(?:según|de acuerdo con|informe|encuesta|estadísticas?|INEGI|INEC|INEI|UNODC|OIM|OIT|OMS|UNICEF|fuente)\b",
    re.IGNORECASE,
)


def check_citations(written: Written, findings: Findings) -> None:
    """Figures name who counted them, articles their law, and a box of law its norm."""
    _check_figures(written, findings)
    _check_articles(written, findings)
    if _NORM_HEAD.search(written.lowered):
        _check_norm_blocks(written, findings)


def _check_figures(written: Written, findings: Findings) -> None:
    counts = [found for found in _COUNT.finditer(written.lowered) if found[1] or _THOUSANDS.match(found[0])]
    for found in (*counts, *_SHARE.finditer(written.lowered)):
        near = _paragraph(written.text, found.start(), found.end())
        if _CITED.search(near) or _REPORTED.search(near) or _NAMED.search(near):
            continue
        if not _is_excused(written, found.start()):
            message = f"«{_line(found[0])}» es una cifra sin fuente: diga de quién y de qué año, o quítela."
            _warn(written, found, message, findings)


def _check_articles(written: Written, findings: Findings) -> None:
    """A page names the law before its articles, or next to the first one."""
    first = _ARTICLE.search(written.lowered)
    if first is None:
        return
    end = written.text.find("\n\n", first.end())
    until = written.text[: end if end >= 0 else len(written.text)]
    if _NAMED.search(until) or _CITED.search(_paragraph(until, first.start(), first.end())):
        return
    if not _is_excused(written, first.start()):
        message = f"«{_line(first[0])}» no dice de qué norma: nómbrela aquí o antes, o ponga una nota."
        _warn(written, first, message, findings)


def _check_norm_blocks(written: Written, findings: Findings) -> None:
    for found in _NORM_BLOCK.finditer(written.text):
        if not (_ARTICLE.search(found[0].lower()) or _CITED.search(found[0]) or _NAMED.search(found[0])):
            message = "El recuadro «norma» no dice qué norma es: nómbrela, con su artículo."
            _warn(written, found, message, findings)


def _warn(written: Written, found: re.Match[str], message: str, findings: Findings) -> None:
    line = written.line_at(found.start())
    findings.warning(Code.FACT_WITHOUT_SOURCE, written.path, line, message)


def _paragraph(text: str, start: int, end: int) -> str:
    """Return the paragraph, list or table that holds a place."""
    first, last = text.rfind("\n\n", 0, start), text.find("\n\n", end)
    return text[max(first, 0) : last if last >= 0 else len(text)]


def _is_excused(written: Written, position: int) -> bool:
    """Cases are invented, a norm box is judged whole, and a question names its source in its head."""
    blocks = written.blocks_around(position)
    if any(name in {"ficticio", "case", "norma", "law"} for name in blocks):
        return True
    if any(name in {"pregunta", "question"} for name in blocks):
        head = written.text.rfind(":::", 0, position)
        return "fuente=" in written.text[head:position] or "source=" in written.text[head:position]
    return False


def _line(text: str) -> str:
    return " ".join(text.split())
