"""The sessions of commissions join the application."""

from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.storage import KeptFiles
from lms.institutions.sessions.jobs import make_draft, make_minutes
from lms.institutions.sessions.messages import (
    AccordAdopted,
    AccordFollowed,
    ConvocationSent,
    MakeDraft,
    MakeMinutes,
    MinutesApproved,
    MinutesNoted,
    OpeningUndone,
    PaperAttached,
    PresenceNoted,
    ProposalMade,
    QuorumSet,
    SittingChanged,
    SittingConvened,
    SittingHeld,
    VoteNoted,
)
from lms.institutions.sessions.models import Sitting
from lms.institutions.sessions.permissions import SittingPermission
from lms.institutions.sessions.views import accords, agenda, deciding, minutes, sittings
from lms.institutions.sessions.views.blueprint import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import NavItem, Slice

PAGES = (sittings, agenda, deciding, accords, minutes)
"""Their import adds their routes to the blueprint."""
READS = frozenset({SittingPermission.READ})


@hookimpl
def register_slice() -> Slice:
    """Declare the sessions of commissions, what they agree and their minutes."""
    return Slice(
        name="sittings",
        blueprints=(bp,),
        permissions=SittingPermission,
        grants={
            Role.ADMINISTRATOR: frozenset(SittingPermission),
            Role.REVIEWER: READS,
            Role.FOCAL_POINT: READS,
        },
        nav=tuple(
            NavItem(
                label=_l("Comisión: sesiones"),
                endpoint="sittings.index",
                icon="scale",
                permission=SittingPermission.READ,
                audience=role,
                order=62,
            )
            for role in (Role.ADMINISTRATOR, Role.REVIEWER, Role.FOCAL_POINT)
        ),
        events=(
            QuorumSet, SittingConvened, SittingChanged, PresenceNoted, SittingHeld, OpeningUndone, ProposalMade,
            VoteNoted,
            AccordAdopted, AccordFollowed, PaperAttached, ConvocationSent, MinutesApproved, MinutesNoted,
        ),
        jobs={MakeDraft: make_draft, MakeMinutes: make_minutes},
        kept_files=(KeptFiles(name="sittings.minutes", columns=(Sitting.draft_pdf, Sitting.minutes_pdf)),),
    )  # fmt: skip
