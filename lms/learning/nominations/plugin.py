"""Nominations join the application."""

from collections.abc import Mapping

from lms.core.actors import Role
from lms.core.events import Event, Subscriber
from lms.core.i18n import _l
from lms.institutions.merging.messages import PeopleMerged
from lms.learning.messages import CohortChanged, EnrolmentWithdrawn, PersonEnrolled
from lms.learning.nominations.jobs import announce_call, fill_places, tell_replaced, tell_verdict
from lms.learning.nominations.merges import PERSON_ROWS
from lms.learning.nominations.messages import (
    AnnounceCall,
    CallChanged,
    CallOpened,
    FillPlaces,
    LateNominationAdmitted,
    NominationAccepted,
    NominationAdvanced,
    NominationDeclined,
    NominationQueued,
    NominationWithdrawn,
    NomineeReplaced,
    PersonNominated,
    PlacesReleased,
    QuotaSet,
    TellReplaced,
    TellVerdict,
)
from lms.learning.nominations.panels import UndecidedNominations
from lms.learning.nominations.permissions import NominationPermission
from lms.learning.nominations.privacy import NOMINATIONS
from lms.learning.nominations.ties import OpenQuotas
from lms.learning.nominations.views import institution, lists, staff
from lms.learning.nominations.waiting import note_changed, note_enrolled, note_merged, note_withdrawn
from lms.plugins.home import CohortTab, HomePanel
from lms.plugins.hooks import hookimpl
from lms.plugins.institutions import InstitutionTie
from lms.plugins.people import PersonRows
from lms.plugins.slices import NavItem, Slice

SUBSCRIBERS: Mapping[type[Event], tuple[Subscriber, ...]] = {
    EnrolmentWithdrawn: (note_withdrawn,),
    PersonEnrolled: (note_enrolled,),
    CohortChanged: (note_changed,),
    PeopleMerged: (note_merged,),
}
READS = frozenset({NominationPermission.READ})
MANAGES = READS | {NominationPermission.MANAGE}


@hookimpl
def register_slice() -> Slice:
    """Declare the pages on which institutions nominate and the staff decides."""
    return Slice(
        name="nominations",
        blueprints=(institution.bp, lists.bp, staff.bp),
        permissions=NominationPermission,
        grants={
            Role.FOCAL_POINT: frozenset({NominationPermission.NOMINATE}),
            Role.TRAINER: MANAGES,
            Role.REVIEWER: READS,
            Role.ADMINISTRATOR: MANAGES,
        },
        nav=(
            NavItem(
                label=_l("Convocatorias"),
                endpoint="nominations.index",
                icon="user-plus",
                permission=NominationPermission.NOMINATE,
                audience=Role.FOCAL_POINT,
                order=25,
            ),
        ),
        events=(
            CallOpened, CallChanged, QuotaSet, PlacesReleased, PersonNominated, LateNominationAdmitted,
            NominationAccepted, NominationQueued, NominationAdvanced, NominationDeclined, NominationWithdrawn,
            NomineeReplaced,
        ),
        subscribers=SUBSCRIBERS,
        jobs={
            AnnounceCall: announce_call,
            FillPlaces: fill_places,
            TellVerdict: tell_verdict,
            TellReplaced: tell_replaced,
        },
        personal_data=(NOMINATIONS,),
    )  # fmt: skip


@hookimpl
def register_home_panels() -> list[HomePanel]:
    """Return what waits for a decision, above the cohorts of the staff."""
    return [UndecidedNominations()]


@hookimpl
def register_cohort_tabs() -> list[CohortTab]:
    """Return the call of a cohort."""
    return [
        CohortTab(
            name="nominations",
            label=_l("Convocatoria"),
            endpoint="calls.cohort_page",
            permission=NominationPermission.READ,
            group="people",
            order=10,
        )
    ]


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how rows follow when two records of one person become one."""
    return PERSON_ROWS


@hookimpl
def register_institution_ties() -> list[InstitutionTie]:
    """Say which places in calls stay with an institution that ends."""
    return [OpenQuotas()]
