"""Certificates join the application."""

from lms.certificates.issuing.cli import certificate
from lms.certificates.issuing.home import LatestCertificates
from lms.certificates.issuing.jobs import issue_certificate
from lms.certificates.issuing.merges import PERSON_ROWS
from lms.certificates.issuing.messages import (
    CertificateIssued,
    CertificateRevoked,
    CertificatesOrdered,
    IssueCertificate,
)
from lms.certificates.issuing.permissions import CertificatePermission
from lms.certificates.issuing.privacy import CERTIFICATES
from lms.certificates.issuing.service import order_on_completion
from lms.certificates.issuing.views import bp
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.learning.messages import EnrolmentCompleted
from lms.plugins.home import CohortTab, HomePanel
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import NavItem, Slice

READS = frozenset({CertificatePermission.READ})
ISSUES = READS | {CertificatePermission.ISSUE}


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
            Role.ADMINISTRATOR: ISSUES | {CertificatePermission.REVOKE},
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
        events=(CertificatesOrdered, CertificateIssued, CertificateRevoked),
        subscribers={EnrolmentCompleted: (order_on_completion,)},
        jobs={IssueCertificate: issue_certificate},
        personal_data=(CERTIFICATES,),
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
