"""What can be done with changes of sector."""

from lms.core.actors import Permission


class TrackPermission(Permission):
    """Permissions over the sector that people study."""

    ASK = "tracks.ask"
    """See one's own changes of sector, or those of one's institution, and ask for one."""
    DECIDE = "tracks.decide"
    """Approve or decline changes of sector."""
