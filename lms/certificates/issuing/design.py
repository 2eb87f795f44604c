"""The designs with which documents are drawn, by their names."""

from functools import lru_cache
from pathlib import Path

from lms.certificates.designs.folder import Design, digest_of, load_design
from lms.certificates.issuing.policies import DEFAULT_DESIGN
from lms.core.context import current_settings


def current_design() -> Design:
    """Return the product's own design; raises DesignRefused."""
    return design_named(DEFAULT_DESIGN)


def design_named(name: str) -> Design:
    """Return the design of this name as it is now; raises DesignRefused."""
    folder = current_settings().designs_dir / name
    return _load(folder, digest_of(folder))


# Checking a folder draws a sample, which takes longer than reading it; an edited folder has another digest.
@lru_cache(maxsize=8)
def _load(folder: Path, _digest: str) -> Design:
    return load_design(folder)


def list_designs() -> list[tuple[str, str]]:
    """Return the designs that a programme may choose from, as (name, title)."""
    folder = current_settings().designs_dir
    names = sorted(path.parent.name for path in folder.glob("*/metadata.toml"))
    return [(name, design_named(name).metadata.title) for name in names]
