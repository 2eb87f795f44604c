"""What a rule of our own lint reports."""

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True)
class Finding:
    """A place where a house rule is broken."""

    path: PurePosixPath
    line: int
    rule: str
    message: str
    """What to do instead."""

    def __str__(self) -> str:
        """Return the finding as editors and terminals link it."""
        return f"{self.path}:{self.line}: [{self.rule}] {self.message}"
