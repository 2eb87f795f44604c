"""Agreements join the application."""

from typing import Final

from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.jobs.orders import Schedule
from lms.core.storage import KeptFiles
from lms.institutions.agreements.jobs import warn_of_expiry
from lms.institutions.agreements.messages import (
    AgreementAmended,
    AgreementChanged,
    AgreementCreated,
    AgreementDiscarded,
    CampaignReached,
    CommitmentAdded,
    CommitmentRemoved,
    DutyAdded,
    DutyAdvanced,
    DutyRemoved,
    ExpiryWarned,
    PaperAdded,
    PaperRemoved,
    PartyAdded,
    PartyRemoved,
    WarnOfExpiry,
)
from lms.institutions.agreements.models import AgreementFile
from lms.institutions.agreements.panels import InstitutionAgreements
from lms.institutions.agreements.permissions import AgreementPermission
from lms.institutions.agreements.views import agreements, campaigns, parts
from lms.institutions.agreements.views.blueprint import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.institutions import InstitutionPanel
from lms.plugins.slices import NavItem, Slice

PAGES = (agreements, campaigns, parts)
"""Their import adds their routes to the blueprint."""
READS = frozenset({AgreementPermission.READ})
DAY: Final = 24 * 3600


@hookimpl
def register_slice() -> Slice:
    """Declare agreements, their pages and the daily look at their ends."""
    return Slice(
        name="agreements",
        blueprints=(bp,),
        permissions=AgreementPermission,
        grants={
            Role.ADMINISTRATOR: frozenset(AgreementPermission),
            Role.REVIEWER: READS,
            Role.FOCAL_POINT: READS,
        },
        nav=tuple(
            NavItem(
                label=_l("Convenios"),
                endpoint="agreements.index",
                icon="heart-handshake",
                permission=AgreementPermission.READ,
                audience=role,
                order=60,
            )
            for role in (Role.ADMINISTRATOR, Role.REVIEWER, Role.FOCAL_POINT)
        ),
        events=(
            AgreementCreated, AgreementChanged, AgreementDiscarded, PartyAdded, PartyRemoved, DutyAdded,
            DutyAdvanced, DutyRemoved, CommitmentAdded, CommitmentRemoved, PaperAdded, PaperRemoved,
            AgreementAmended, ExpiryWarned, CampaignReached,
        ),
        jobs={WarnOfExpiry: warn_of_expiry},
        schedules=(Schedule(order=WarnOfExpiry(), every_seconds=DAY),),
        kept_files=(KeptFiles(name="agreements.papers", columns=(AgreementFile.digest,)),),
    )  # fmt: skip


@hookimpl
def register_institution_panels() -> list[InstitutionPanel]:
    """Show on the page of an institution what it agreed to."""
    return [InstitutionAgreements()]
