"""What can be done with the spans of a programme."""

from lms.core.actors import Permission


class SpanPermission(Permission):
    """Permissions over spans of months."""

    KEEP = "spans.keep-spans"
    """Say for which months of its own, besides calendar periods, a programme reports."""
