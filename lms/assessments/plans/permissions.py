"""What can be done with plans."""

from lms.core.actors import Permission


class PlanPermission(Permission):
    """Permissions over the plans that people write for their work."""

    WRITE = "plans.write"
    """Write and send the plans of the courses one is enrolled in."""
    READ = "plans.read"
    """Read the plans that people sent, and where each stands."""
    DECIDE = "plans.decide"
    """Approve a plan, or ask for changes, in the place of the superior."""
