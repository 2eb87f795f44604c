"""The problems of a draft as its pages show them: ordered, counted by file, and marked at the lines of one. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from lms.courses.compiler.diagnostics import Diagnostic, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many problems a file or a draft has."""

    errors: int = 0
    warnings: int = 0

    @property
    def total(self) -> int:
        """Return both together."""
        return self.errors + self.warnings


def count(found: Iterable[Diagnostic]) -> Count:
    """Return how many of these there are."""
    kinds = Counter(each.severity for each in found)
    return Count(errors=kinds[Severity.ERROR], warnings=kinds[Severity.WARNING])


def count_by_path(found: Iterable[Diagnostic]) -> dict[str, Count]:
    """Return how many there are in each file that has any."""
    by_path: dict[str, list[Diagnostic]] = {}
    for each in found:
        by_path.setdefault(each.path, []).append(each)
    return {path: count(mine) for path, mine in by_path.items()}


def in_reading_order(found: Sequence[Diagnostic], path: str) -> list[Diagnostic]:
    """Return errors before warnings, and of each those of the file at hand first, then by file and line."""
    return sorted(found, key=lambda each: (each.severity is not Severity.ERROR, each.path != path))


def marks(found: Iterable[Diagnostic], path: str) -> list[dict[str, str | int]]:
    """Return what the margin of the source shows at the lines of a file."""
    return [
        {"line": each.line, "severity": each.severity.value, "message": each.message}
        for each in found
        if each.path == path
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeFile:
    """A file in the tree."""

    path: str
    name: str
    """What the tree shows: the path inside its first folder."""
    icon: str
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeFolder:
    """A first-level folder in the tree: a module, or pictures and the like."""

    name: str
    title: str
    files: tuple[TreeFile, ...]
    is_open: bool

    @property
    def count(self) -> Count:
        """Return the problems of all its files."""
        return Count(
            errors=sum(file.count.errors for file in self.files),
            warnings=sum(file.count.warnings for file in self.files),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The files of a draft as a person looks for them."""

    files: tuple[TreeFile, ...]
    folders: tuple[TreeFolder, ...]


ICONS: Mapping[str, str] = {
    "curso.yaml": "settings-2",
    "glosario.md": "book-a",
    "fuentes.yaml": "library",
    "firmas.yaml": "badge-check",
}


def tree_of(paths: Iterable[str], counts: Mapping[str, Count], titles: Mapping[str, str], at: str) -> Tree:
    """Return the tree; ``titles`` names folders as people call them, ``at`` is the file that is open."""
    loose: list[TreeFile] = []
    folders: dict[str, list[TreeFile]] = {}
    for path in sorted(paths):
        folder, _, name = path.partition("/")
        file = TreeFile(path=path, name=name or path, icon=_icon(path), count=counts.get(path, Count()))
        (folders.setdefault(folder, []) if name else loose).append(file)
    return Tree(
        files=tuple(loose),
        folders=tuple(
            TreeFolder(
                name=name,
                title=titles.get(name, name),
                files=tuple(files),
                is_open=at.startswith(f"{name}/"),
            )
            for name, files in folders.items()
        ),
    )


def _icon(path: str) -> str:
    if path in ICONS:
        return ICONS[path]
    kind = PurePosixPath(path).suffix.lower()
    return "file-text" if kind in {".md", ".yaml", ".yml", ".txt"} else "file-check"
