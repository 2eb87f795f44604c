"""Changes of sector join the application."""

from lms.core.actors import Role
from lms.core.i18n import _l
from lms.learning.messages import TrackChanged
from lms.learning.tracks.jobs import tell_answer
from lms.learning.tracks.merges import PERSON_ROWS
from lms.learning.tracks.messages import TellTrackAnswer, TrackAnswered, TrackAsked
from lms.learning.tracks.permissions import TrackPermission
from lms.learning.tracks.privacy import TRACKS
from lms.learning.tracks.service import note_changed
from lms.learning.tracks.views import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import NavItem, Slice

ASKS = frozenset({TrackPermission.ASK})
DECIDES = frozenset({TrackPermission.DECIDE})


@hookimpl
def register_slice() -> Slice:
    """Declare the pages on which another sector is asked for and approved."""
    return Slice(
        name="tracks",
        blueprints=(bp,),
        permissions=TrackPermission,
        grants={
            Role.TRAINEE: ASKS,
            Role.FOCAL_POINT: ASKS,
            Role.TRAINER: DECIDES,
            Role.ADMINISTRATOR: DECIDES,
        },
        nav=tuple(
            NavItem(
                label=_l("Cambios de sector"),
                endpoint="tracks.index",
                icon="git-branch",
                permission=TrackPermission.DECIDE,
                audience=role,
                order=65,
            )
            for role in (Role.TRAINER, Role.ADMINISTRATOR)
        ),
        events=(TrackAsked, TrackAnswered),
        subscribers={TrackChanged: (note_changed,)},
        jobs={TellTrackAnswer: tell_answer},
        personal_data=(TRACKS,),
    )


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how rows follow when two records of one person become one."""
    return PERSON_ROWS
