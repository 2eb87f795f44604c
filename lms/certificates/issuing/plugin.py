"""Certificates join the application."""

from typing import Final

from lms.certificates.issuing.cli import certificate
from lms.certificates.issuing.home import LatestCertificates
from lms.certificates.issuing.jobs import (
    forget_archives,
    issue_certificate,
    issue_part,
    make_archive,
    remind_expiring,
)
from lms.certificates.issuing.merges import PERSON_ROWS
from lms.certificates.issuing.messages import (
    CertificateIssued,
    CertificateRectified,
    CertificateRenewed,
    CertificateRevoked,
    CertificateShared,
    CertificatesOrdered,
    ForgetArchives,
    IssueCertificate,
    IssuePart,
    IssuingPolicySet,
    MakeArchive,
    RemindExpiring,
)
from lms.certificates.issuing.permissions import CertificatePermission
from lms.certificates.issuing.privacy import PERSONAL_DATA
from lms.certificates.issuing.service import order_on_completion
from lms.certificates.issuing.stored import KEPT
from lms.certificates.issuing.views import bp
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.jobs.orders import Handlers, Schedule
from lms.learning.messages import EnrolmentCompleted
from lms.plugins.home import CohortTab, HomePanel
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import NavItem, Slice

DAY = 24 * 60 * 60
READS = frozenset({CertificatePermission.READ})
ANSWERS_FOR = frozenset(
    {CertificatePermission.RECTIFY, CertificatePermission.REVOKE, CertificatePermission.SET_POLICY}
)
ISSUES = READS | {CertificatePermission.ISSUE}

EVENTS = (
    CertificatesOrdered,
    CertificateIssued,
    CertificateRectified,
    CertificateRenewed,
    CertificateRevoked,
    CertificateShared,
    IssuingPolicySet,
)
JOBS: Final[Handlers] = {
    IssueCertificate: issue_certificate,
    IssuePart: issue_part,
    MakeArchive: make_archive,
    ForgetArchives: forget_archives,
    RemindExpiring: remind_expiring,
}
SCHEDULES = (
    Schedule(order=ForgetArchives(), every_seconds=DAY),
    Schedule(order=RemindExpiring(), every_seconds=DAY // 4),
)


@hookimpl
def register_slice() -> Slice:
    """Declare certificates, their files and who may issue and cancel them."""
    return Slice(
        name="certificates",
        blueprints=(bp,),
        permissions=CertificatePermission,
        grants={
            Role.TRAINEE: frozenset({CertificatePermission.HOLD}),
            Role.TRAINER: ISSUES,
            Role.FOCAL_POINT: READS,
            Role.REVIEWER: READS,
            Role.ADMINISTRATOR: ISSUES | ANSWERS_FOR,
        },
        nav=(
            NavItem(
                label=_l("Constancias"),
                endpoint="certificates.mine",
                icon="award",
                permission=CertificatePermission.HOLD,
                audience=Role.TRAINEE,
                order=40,
                on_phone_bar=True,
            ),
        ),
        commands=(certificate,),
        events=EVENTS,
        subscribers={EnrolmentCompleted: (order_on_completion,)},
        jobs=JOBS,
        schedules=SCHEDULES,
        personal_data=PERSONAL_DATA,
        kept_files=KEPT,
    )


@hookimpl
def register_home_panels() -> list[HomePanel]:
    """Show the latest certificates on the home page."""
    return [LatestCertificates()]


@hookimpl
def register_cohort_tabs() -> list[CohortTab]:
    """Reach the register of a cohort from its page."""
    return [
        CohortTab(
            name="certificates",
            label=_l("Constancias"),
            endpoint="certificates.register",
            permission=CertificatePermission.READ,
            group="certificates",
            order=60,
        )
    ]


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how certificates follow."""
    return PERSON_ROWS
