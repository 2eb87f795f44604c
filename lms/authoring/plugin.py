"""Authoring joins the application."""

from lms.authoring.jobs import sweep_leftovers
from lms.authoring.merges import PERSON_ROWS
from lms.authoring.messages import (
    DraftApproved,
    DraftApprovedAlone,
    DraftDiscarded,
    DraftOpened,
    DraftReleased,
    DraftReturned,
    PersonInvited,
    PersonRemoved,
    ReviewRequested,
    ReviewWithdrawn,
    SweepLeftovers,
    TextSigned,
)
from lms.authoring.models import DraftFile, FileRevision, Leftover, Review
from lms.authoring.permissions import AuthoringPermission
from lms.authoring.privacy import DRAFTS
from lms.authoring.views import bp
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.jobs.orders import Schedule
from lms.core.storage import KeptFiles
from lms.core.sweeping import hashes_in
from lms.plugins.home import ReleaseAction
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import NavItem, Slice

DAY = 24 * 60 * 60
WRITES = frozenset({AuthoringPermission.READ, AuthoringPermission.EDIT})
REVIEWS = frozenset({AuthoringPermission.READ, AuthoringPermission.REVIEW, AuthoringPermission.SIGN})


@hookimpl
def register_slice() -> Slice:
    """Declare drafts, the editor, reviews and signatures."""
    return Slice(
        name="authoring",
        blueprints=(bp,),
        permissions=AuthoringPermission,
        grants={
            Role.TRAINER: WRITES,
            Role.REVIEWER: REVIEWS,
            Role.ADMINISTRATOR: WRITES | REVIEWS,
        },
        nav=(
            *(_drafts_for(role, order) for role, order in ((Role.TRAINER, 30), (Role.ADMINISTRATOR, 38))),
            NavItem(
                label=_l("Cursos por revisar"),
                endpoint="authoring.index",
                icon="pencil",
                permission=AuthoringPermission.READ,
                audience=Role.REVIEWER,
                order=45,
            ),
        ),
        events=(
            DraftOpened, DraftDiscarded, PersonInvited, PersonRemoved, ReviewRequested, ReviewWithdrawn,
            DraftApproved, DraftApprovedAlone, DraftReturned, TextSigned, DraftReleased,
        ),
        jobs={SweepLeftovers: sweep_leftovers},
        schedules=(Schedule(order=SweepLeftovers(), every_seconds=DAY),),
        personal_data=(DRAFTS,),
        kept_files=(
            KeptFiles(
                name="authoring.drafts",
                columns=(DraftFile.sha256, FileRevision.sha256, Leftover.sha256),
                named=hashes_in(Review.files),
            ),
        ),
    )  # fmt: skip


@hookimpl
def register_release_actions() -> list[ReleaseAction]:
    """Let a release be edited: a draft begins with its files."""
    return [
        ReleaseAction(
            name="open-draft",
            label=_l("Abrir un borrador"),
            icon="pencil",
            endpoint="authoring.open_release",
            permission=AuthoringPermission.EDIT,
            order=10,
        )
    ]


def _drafts_for(audience: Role, order: int) -> NavItem:
    return NavItem(
        label=_l("Mis cursos"),
        endpoint="authoring.index",
        icon="pencil",
        permission=AuthoringPermission.READ,
        audience=audience,
        order=order,
    )


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how what people wrote and reviewed follows."""
    return PERSON_ROWS
