"""What can be done with simulations."""

from lms.core.actors import Permission


class SimulationPermission(Permission):
    """Permissions over simulations as they are played."""

    PLAY = "simulations.play"
    """Play the simulations of the courses one is enrolled in."""
    READ = "simulations.read"
    """See how many people of a cohort took each decision, never who."""
