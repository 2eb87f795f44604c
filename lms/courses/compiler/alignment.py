"""Tell which section of a translation says which section of the original, by the hashes it names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.records import Record

_COMMAND = "ejecute «lms course translate» después de revisarla"


class Piece(Protocol):
    """Something that is translated as a whole: a section of a page, a term, a question, a scene."""

    @property
    def line(self) -> int:
        """Return the line at which it begins."""

    @property
    def hash(self) -> str:
        """Return what changes when its text does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One section of the translated page: what was translated, or else the original."""

    base: int
    """Index of the section of the original."""
    own: int | None
    """Index of the section that translates it; None when there is none yet."""


def align(own: Sequence[Piece], base: Sequence[Piece], record: Record, findings: Findings) -> list[Step]:
    """Return what to read, in the order of the original, and report what is old, missing or left over."""
    named = list(record.texts("traduce"))
    line = record.line_of("traduce")
    if len(named or base) != len(own):
        wanted = f"«traduce» nombra {len(named)}" if named else f"la original tiene {len(base)}"
        message = (
            f"La traducción tiene {len(own)} secciones y {wanted}: empiece cada una como en la original."
        )
        findings.error(Code.SECTIONS_DO_NOT_MATCH, record.path, line, message)
        return [Step(base=at, own=None) for at in range(len(base))]
    if not named:
        message = f"Falta «traduce», que avisa cuando la original cambia: {_COMMAND}."
        findings.warning(Code.STALE_TRANSLATION, record.path, line, message)
        return [Step(base=at, own=at) for at in range(len(base))]
    return list(_steps(own, base, named, _Report(record.path, own, base, findings)))


@dataclass(frozen=True, slots=True)
class _Report:
    path: str
    own: Sequence[Piece]
    base: Sequence[Piece]
    findings: Findings

    def stale(self, base: int, own: int) -> None:
        """Say that the original of a section changed."""
        section = self.base[base]
        message = f"La original cambió (línea {section.line}, ahora {section.hash}): revise esta sección y {_COMMAND}."
        self.findings.warning(Code.STALE_TRANSLATION, self.path, self._line(own), message)

    def missing(self, base: int, own: int) -> None:
        """Say that a section of the original has no translation, at the line where it belongs."""
        section = self.base[base]
        message = (
            f"Falta traducir la sección de la línea {section.line} ({section.hash}): se lee la original."
        )
        self.findings.warning(Code.MISSING_SECTION, self.path, self._line(own), message)

    def left_over(self, own: int) -> None:
        """Say that a section translates nothing any more."""
        message = "La original ya no tiene esta sección, y aquí no se muestra: quítela."
        self.findings.warning(Code.STALE_TRANSLATION, self.path, self._line(own), message)

    def _line(self, own: int) -> int:
        if not self.own:
            return 1
        return self.own[min(own, len(self.own) - 1)].line


def _steps(own: Sequence[Piece], base: Sequence[Piece], named: list[str], report: _Report) -> Iterator[Step]:
    matcher = SequenceMatcher(a=[section.hash for section in base], b=named, autojunk=False)
    for kind, base_from, base_to, own_from, own_to in matcher.get_opcodes():
        for offset in range(max(base_to - base_from, own_to - own_from)):
            at, mine = base_from + offset, own_from + offset
            if at >= base_to:
                report.left_over(mine)
            elif mine >= min(own_to, len(own)):
                report.missing(at, own_to)
                yield Step(base=at, own=None)
            else:
                if kind != "equal":
                    report.stale(at, mine)
                yield Step(base=at, own=mine)
