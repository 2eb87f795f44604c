"""The spans of programmes join the application."""

from lms.core.actors import Role
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice
from lms.reports.spans.permissions import SpanPermission
from lms.reports.spans.views import bp


@hookimpl
def register_slice() -> Slice:
    """Declare who says on which months of its own a programme reports."""
    return Slice(
        name="spans",
        blueprints=(bp,),
        permissions=SpanPermission,
        grants={
            Role.REVIEWER: frozenset(SpanPermission),
            Role.ADMINISTRATOR: frozenset(SpanPermission),
        },
    )
