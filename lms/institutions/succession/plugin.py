"""Mergers and divisions join the application."""

from lms.institutions.succession.messages import InstitutionSucceeded, SuccessionUndone
from lms.institutions.succession.panels import Successions
from lms.institutions.succession.views import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.institutions import InstitutionPanel
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare mergers and divisions; their permission is of the directory."""
    return Slice(name="succession", blueprints=(bp,), events=(InstitutionSucceeded, SuccessionUndone))


@hookimpl
def register_institution_panels() -> list[InstitutionPanel]:
    """Say on an institution's page what it became part of."""
    return [Successions()]
