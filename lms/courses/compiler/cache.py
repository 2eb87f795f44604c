"""What the parts of a course came to before, so that one which did not change is not compiled again."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from lms.courses.compiler.diagnostics import Diagnostic, Findings
from lms.courses.compiler.site import Traces
from lms.courses.compiler.source import SourceFile, SourceTree

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a step came to, with all that it said and left behind."""

    key: object
    value: object
    diagnostics: tuple[Diagnostic, ...]
    traces: Traces


Shelf = dict[str, Outcome]
"""What steps came to, by the path of the file at which they worked."""


class CompilationCache:
    """What one course came to the last time, for its next compilation.

    Threads may share one: what they find in it was made from the same bytes amid the same things.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.files: Shelf = {}
        """What each file says by itself; the key is its bytes."""
        self._sources: Mapping[str, SourceFile] = {}
        # Both change in one step: a thread must never find the pages of other surroundings.
        self._pages: tuple[object, Shelf] = (None, {})

    def familiar(self, tree: SourceTree) -> SourceTree:
        """Return the same files, those that did not change as they were the last time, with what they remember."""
        known = self._sources
        self._sources = {path: _known(known.get(path), file) for path, file in tree.files.items()}
        return SourceTree(files=self._sources)

    def pages(self, around: object) -> Shelf:
        """Return what pages came to amid the same things; `around` is all that they depend on besides their bytes."""
        known, shelf = self._pages
        if known != around:
            shelf = {}
            self._pages = (around, shelf)
        return shelf

    def forget_all_but(self, paths: Collection[str]) -> None:
        """Forget the files that the course no longer has."""
        for shelf in (self.files, self._pages[1]):
            for path in list(shelf):
                if path not in paths:
                    shelf.pop(path, None)


def _known(before: SourceFile | None, file: SourceFile) -> SourceFile:
    return before if before is not None and before.content == file.content else file


@dataclass(slots=True)
class Steps:
    """Takes the steps of a compilation and gathers what they find and leave."""

    findings: Findings
    """Every problem so far."""
    traces: Traces = field(default_factory=Traces)
    """What every page left so far."""
    here: Findings = field(default_factory=Findings)
    """Where the step at hand puts its problems."""
    marks: Traces = field(default_factory=Traces)
    """Where the step at hand leaves its traces."""
    _said: tuple[Diagnostic, ...] = ()
    _left: Traces = field(default_factory=Traces)

    def take(self, shelf: Shelf, name: str, key: object, work: Callable[[], _Value]) -> _Value:
        """Return what `work` comes to, or came to with an equal key; work that raises is not kept."""
        kept = shelf.get(name)
        if kept is None or kept.key != key:
            value = self.run(work)
            shelf[name] = Outcome(key=key, value=value, diagnostics=self._said, traces=self._left)
            return value
        self.findings.extend(kept.diagnostics)
        self.traces.add(kept.traces)
        return cast("_Value", kept.value)

    def run(self, work: Callable[[], _Value]) -> _Value:
        """Return what `work` comes to, which is not kept."""
        try:
            return work()
        finally:
            self._said, self._left = self.here.taken(), self.marks.taken()
            self.findings.extend(self._said)
            self.traces.add(self._left)
