"""The designs with which documents are drawn, by their names."""

from lms.certificates.designs.folder import Design
from lms.certificates.issuing.policies import DEFAULT_DESIGN
from lms.certificates.library.shelf import find_design, list_shelf


def current_design() -> Design:
    """Return the product's own design; raises DesignRefused. It asks no database."""
    return find_design(DEFAULT_DESIGN)


def design_named(name: str) -> Design:
    """Return the design of this name as it is now; raises DesignRefused and DesignLost."""
    return find_design(name)


def list_designs() -> list[tuple[str, str]]:
    """Return the designs that a programme may choose from, as (name, title)."""
    return [(each.name, each.title) for each in list_shelf()]
