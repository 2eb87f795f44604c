"""Targets of people to train join the application."""

from lms.institutions.targets.messages import TrainingTargetRemoved, TrainingTargetSet
from lms.institutions.targets.views import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare how many people each institution should see trained."""
    return Slice(name="targets", blueprints=(bp,), events=(TrainingTargetSet, TrainingTargetRemoved))
