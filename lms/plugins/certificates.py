"""What a certificate design is to a plugin: a folder of the package, no code."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignFolder:
    """A design by name: a folder with `template.html`, `theme.css`, `metadata.toml`, fonts and pictures."""

    name: str
    """Unique among all designs; certificates keep it, so it never changes."""
    path: Path

    @classmethod
    def at(cls, path: Path) -> Self:
        """Return the design that this folder holds, named after it."""
        return cls(name=path.name, path=path)

    @classmethod
    def of(cls, package: str, folder: str) -> Self:
        """Return the design in a folder inside an installed package: ``of(__package__, "designs/two")``."""
        return cls.at(Path(str(files(package).joinpath(folder))))
