"""What a path means to whoever checks: a course, a folder of courses, or one file of a course."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lms.courses.compiler import manifest
from lms.courses.compiler.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A course to check, and what of it is shown."""

    folder: Path
    root: Path
    """The folder from which shown paths start."""
    only: str = ""
    """Path of the one file whose problems are shown; empty shows all."""

    def shown(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return the problems that are asked for, with their paths from the root."""
        start = self.folder.relative_to(self.root).as_posix()
        prefix = "" if start == "." else f"{start}/"
        return [replace(each, path=f"{prefix}{each.path}") for each in found if self.only in {"", each.path}]


def find_targets(path: Path) -> list[Target]:
    """Return what is to be checked at a path; raises LookupError with a sentence when it is nothing."""
    place = path.resolve()
    if place.is_file():
        return [_course_of(path, place)]
    if not place.is_dir():
        raise LookupError(f"No existe «{path}»: revise la ruta.")
    try:
        inside = _outermost(found.parent.relative_to(place) for found in place.rglob(manifest.PATH))
    except OSError:
        raise LookupError(f"No se puede leer «{path}»: revise sus permisos.") from None
    if (place / manifest.PATH).is_file() or not inside:
        return [Target(folder=path, root=path)]
    return [Target(folder=path / child, root=path) for child in inside]


def find_all_targets(paths: Sequence[Path]) -> list[Target]:
    """Return what is to be checked at several paths; raises LookupError like ``find_targets``.

    Of several, shown paths start at the working folder, so that each tells its course.
    """
    found = [target for path in paths for target in find_targets(path)]
    if len(paths) == 1:
        return found
    return [replace(each, folder=Path(os.path.relpath(each.folder)), root=Path()) for each in found]


def _outermost(folders: Iterable[Path]) -> list[Path]:
    """Return the folders that stand in no other: a translated cover is called like the cover of its course."""
    found: list[Path] = []
    for folder in sorted(folders):
        if not any(folder.is_relative_to(other) for other in found):
            found.append(folder)
    return found


def _course_of(path: Path, place: Path) -> Target:
    for folder in place.parents:
        if (folder / manifest.PATH).is_file():
            near = Path(os.path.relpath(folder))
            return Target(folder=near, root=near, only=place.relative_to(folder).as_posix())
    raise LookupError(f"«{path}» no está en la carpeta de un curso: falta {manifest.PATH}.")
