"""Targets of people to train join the application."""

from lms.institutions.targets.models import TrainingTarget  # noqa: F401  # brings the table in
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare how many people each institution should see trained."""
    return Slice(name="targets")
