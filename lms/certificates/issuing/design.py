"""The design with which certificates are drawn."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from lms.certificates.designs.folder import Design, digest_of, load_design
from lms.core.context import current_settings

DEFAULT: Final = "ruta"


def current_design() -> Design:
    """Return the design in force; raises DesignRefused. It asks no database: call it before the first query."""
    folder = current_settings().designs_dir / DEFAULT
    return _load(folder, digest_of(folder))


# Checking a folder draws a sample, which takes longer than reading it; an edited folder has another digest.
@lru_cache(maxsize=4)
def _load(folder: Path, _digest: str) -> Design:
    return load_design(folder)
