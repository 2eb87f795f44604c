"""Problems of a course: collected all together, then shown as text, JSON or GitHub annotations."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from difflib import get_close_matches

from lms.courses.compiler.codes import Code
from lms.plugins.blocks import Diagnostic, Severity

__all__ = ["Diagnostic", "Findings", "Severity", "as_github", "as_json", "as_text", "did_you_mean"]


class Findings:
    """The problems found so far; repeated ones count once."""

    def __init__(self) -> None:
        """Start with none."""
        self._found: dict[Diagnostic, None] = {}

    def error(self, code: Code, path: str, line: int, message: str) -> None:
        """Note a problem that stops the release."""
        self._add(Severity.ERROR, code, path, line, message)

    def warning(self, code: Code, path: str, line: int, message: str) -> None:
        """Note a problem that the author should look at."""
        self._add(Severity.WARNING, code, path, line, message)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Note problems that somebody else found."""
        self._found.update(dict.fromkeys(diagnostics))

    def taken(self) -> tuple[Diagnostic, ...]:
        """Return the problems found so far, and begin again."""
        found = tuple(self._found)
        self._found.clear()
        return found

    @property
    def has_errors(self) -> bool:
        """Whether the course cannot be released."""
        return any(found.severity is Severity.ERROR for found in self._found)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Return the problems by file, line and code."""
        return tuple(sorted(self._found, key=lambda d: (d.path, d.line, d.code, d.message)))

    def _add(self, severity: Severity, code: Code, path: str, line: int, message: str) -> None:
        found = Diagnostic(code=code.value, severity=severity, path=path, line=max(line, 1), message=message)
        self._found[found] = None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a sentence that proposes the nearest known word, with a space before it, or nothing."""
    forms = {form.casefold(): form for form in sorted(known)}
    near = get_close_matches(word.casefold(), forms, n=1, cutoff=0.6)
    return f" ¿Quiso decir «{forms[near[0]]}»?" if near else ""


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """Return how many errors and warnings there are, in words."""
    errors = sum(found.severity is Severity.ERROR for found in diagnostics)
    return f"{_count(errors, 'error', 'errores')}, {_count(len(diagnostics) - errors, 'aviso', 'avisos')}."


def as_text(diagnostics: Sequence[Diagnostic]) -> str:
    """Return one `file:line: message` per problem."""
    return "".join(
        f"{found.path}:{found.line}: {_KIND[found.severity]} {found.code}: {found.message}\n"
        for found in diagnostics
    )


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the problems as a JSON list."""
    return json.dumps([asdict(found) for found in diagnostics], ensure_ascii=False, indent=2) + "\n"


def as_github(diagnostics: Sequence[Diagnostic], prefix: str = "") -> str:
    """Return workflow commands that GitHub shows beside the lines; `prefix` leads to the course folder."""
    return "".join(
        f"::{found.severity.value} file={_property(prefix + found.path)},line={found.line},"
        f"title={found.code}::{_data(found.message)}\n"
        for found in diagnostics
    )


_KIND = {Severity.ERROR: "error", Severity.WARNING: "aviso"}


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
