"""A course is no register of cases: what could name a person, or find one, does not stand in it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lms.courses.compiler.checks.written import Written, places
from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings

_CASE = frozenset({"ficticio", "case"})
_BEFORE, _AFTER = 60, 160
"""Characters around a stem among which a trace is looked for."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Something that leads to a person: how it is found, quickly and then surely, and what it is."""

    stems: tuple[str, ...]
    """Its text contains one of these at least, in small letters; any text may hold one without stems."""
    hint: re.Pattern[str]
    """And this."""
    pattern: re.Pattern[str]
    what: str
    is_document: bool = False
    """Whether it is not to be invented either: a number made up may be somebody's."""


_MONTH = r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)"
_ANY = re.compile("")
_LINKS = r"(?:de|del|la|las|los|el|y)"
_CAPITAL = r"[A-ZÁÉÍÓÚÑ][\w.]*"
_TRACES = (
    Trace(
        (),
        re.compile(r"\d{6}[a-z\d]{3}"),
        re.compile(
            r"\b[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d\b|\b[A-ZÑ&]{4}\d{6}[A-Z\d]{3}\b|\b[A-Z]{6}\d{8}[HM]\d{3}\b"
        ),
        "una clave personal (CURP, RFC o de elector)",
        is_document=True,
    ),
    Trace(
        ("dni", "cédula", "pasaporte", "identidad", "documento", "credencial"),
        re.compile(r"\d(?:[.\- ]?\d){6}"),
        re.compile(
            r"\b(?:DNI|cédula|pasaporte|identidad|documento|credencial)\b"
            r"(?:[ \t]+(?:de|del?|la|es|era|identidad|ciudadanía))*[ \t]*(?:n[úu]m(?:ero|\.)?|n\.?[ \t]?[º°o]\.?|:)*"
            r"[ \t]*([A-Z]{0,3}\d(?:[.\- ]?\d){6,10})\b",
            re.IGNORECASE,
        ),
        "el número de un documento de identidad",
        is_document=True,
    ),
    Trace(
        ("@",),
        _ANY,
        re.compile(r"\b[\w.+-]+@(?!example\.)[\w-]+(?:\.[\w-]+)+"),
        "una dirección de correo",
    ),
    Trace(
        ("calle", "avenida", "av.", "jirón", "jr.", "boulevard", "bulevar", "calzada", "pasaje"),
        _ANY,
        re.compile(
            rf"\b(?:[Cc]alle|[Cc]allejón|[Aa]venida|[Aa]v\.|[Jj]irón|[Jj]r\.|[Bb]oulevard|[Bb]ulevar|[Cc]alzada|[Pp]asaje)"
            rf"[ \t]+(?:{_LINKS}[ \t]+)*(?:{_CAPITAL}|\d{{1,2}}[ \t]+de)(?:[ \t]+(?:{_LINKS}|{_CAPITAL})){{0,5}},?"
            r"[ \t]+(?:#|n[úu]m(?:ero|\.)?|[Nn]\.?[ \t]?[º°]|[Nn]o\.)?[ \t]*\d{1,5}\b(?![ \t]*de\b)"
        ),
        "un domicilio exacto",
    ),
    Trace(
        ("placa", "matrícula"),
        _ANY,
        re.compile(r"\b(?:placas?|matrículas?)\b\W+(?:\w+\W+){0,3}?(?=[\w-]*\d)([A-Z]{2,3}-?\d[\w-]{2,6})\b"),
        "la placa de un vehículo",
    ),
    Trace(
        ("nació", "nacid", "nacimiento"),
        _ANY,
        re.compile(
            r"\b(?:naci(?:ó|d[oa])|nacimiento)\b[^.\n]{0,25}?\b\d{1,2}"
            rf"(?:[ \t]+de[ \t]+{_MONTH}[ \t]+del?[ \t]+\d{{4}}|[/-]\d{{1,2}}[/-]\d{{2,4}})",
            re.IGNORECASE,
        ),
        "una fecha de nacimiento",
    ),
    Trace(
        ("carpeta de investigación", "averiguación previa"),
        _ANY,
        re.compile(
            r"\b(?:carpeta de investigación|averiguación previa)\b[ \t:]+(?:\w+\.?[ \t]+)?[A-Z/-]*\d[\w/-]{3,}",
            re.IGNORECASE,
        ),
        "el número de una investigación",
    ),
    Trace(
        (),
        re.compile(r"\.\d{4}"),
        re.compile(r"-?\b\d{1,2}\.\d{4,}\s*[,;]\s*-?\d{1,3}\.\d{4,}"),
        "unas coordenadas",
    ),
    Trace(
        ("°",),
        _ANY,
        re.compile(r"\b\d{1,3}°[ \t]*\d{1,2}['′’]"),
        "unas coordenadas",
    ),
)


def check_personal_data(written: Written, findings: Findings) -> None:
    """Nothing leads to a person; in an invented case only numbers of documents are refused."""
    for position, text, trace in _traces_in(written):
        if not trace.is_document and _CASE.intersection(written.blocks_around(position)):
            continue
        message = f"«{text}» parece {trace.what}: quítelo, aunque sea inventado."
        findings.warning(Code.PERSONAL_DATA, written.path, written.line_at(position), message)


def _traces_in(written: Written) -> Iterator[tuple[int, str, Trace]]:
    for trace in _TRACES:
        for found in _candidates(trace, written):
            yield found.start(), " ".join(found[0].split()), trace


def _candidates(trace: Trace, written: Written) -> Iterable[re.Match[str]]:
    """Return what matches: around the stems of a trace, or anywhere for one without them."""
    if trace.is_document and not written.has_long_number:
        return ()
    has_stem = not trace.stems or any(stem in written.lowered for stem in trace.stems)
    if not (has_stem and trace.hint.search(written.lowered)):
        return ()
    if not trace.stems:
        return trace.pattern.finditer(written.text)
    around = (
        trace.pattern.search(written.text, max(position - _BEFORE, 0), position + _AFTER)
        for stem in trace.stems
        for position in places(stem, written.lowered)
    )
    return {found.start(): found for found in around if found is not None}.values()
