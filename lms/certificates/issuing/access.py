"""From an id and an actor to a certificate or an enrolment, or nothing."""

from uuid import UUID

from sqlalchemy import or_, select

from lms.certificates.issuing.models import Certificate, CertificateArchive, IssueRun
from lms.certificates.issuing.permissions import CertificatePermission
from lms.certificates.issuing.queries import certificate_condition, visible_to
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.learning.access import access_cohort
from lms.learning.models import Enrolment
from lms.learning.queries import enrolment_condition


def access_certificate(actor: Actor, certificate_id: UUID) -> Certificate:
    """Return a certificate to its holder or to staff in reach; others cannot tell that it exists."""
    certificate = db.session.scalar(visible_to(actor).where(Certificate.id == certificate_id))
    if certificate is None:
        raise NotFound
    return certificate


def access_certificate_to(
    actor: Actor, permission: CertificatePermission, certificate_id: UUID
) -> Certificate:
    """Return a certificate that a permission of the actor reaches."""
    reached = certificate_condition(actor, permission)
    certificate = db.session.scalar(select(Certificate).where(Certificate.id == certificate_id, reached))
    if certificate is None:
        raise NotFound
    return certificate


def access_own(actor: Actor, certificate_id: UUID) -> Certificate:
    """Return a certificate of the actor's own."""
    certificate = access_certificate(actor, certificate_id)
    if certificate.person_id != actor.person_id:
        raise NotFound
    return certificate


def access_run(actor: Actor, run_id: UUID) -> IssueRun:
    """Return a bulk run of a cohort in which the actor may issue."""
    run = db.session.get(IssueRun, run_id)
    if run is None:
        raise NotFound
    access_cohort(actor, CertificatePermission.ISSUE, run.cohort_id)
    return run


def access_archive(actor: Actor, archive_id: UUID) -> CertificateArchive:
    """Return an archive to whoever asked for it, while they may read the cohort, and to whoever reads everything."""
    archive = db.session.get(CertificateArchive, archive_id)
    if archive is None or not _may_open(actor, archive):
        raise NotFound
    access_cohort(actor, CertificatePermission.READ, archive.cohort_id)
    return archive


def access_enrolment(actor: Actor, enrolment_id: UUID) -> Enrolment:
    """Return an enrolment to the person it is about or to staff who read their certificates."""
    own = enrolment_condition(actor, CertificatePermission.HOLD)
    reached = enrolment_condition(actor, CertificatePermission.READ)
    enrolment = db.session.scalar(select(Enrolment).where(Enrolment.id == enrolment_id, or_(own, reached)))
    if enrolment is None:
        raise NotFound
    return enrolment


def _may_open(actor: Actor, archive: CertificateArchive) -> bool:
    """Say whether somebody reads all that an archive holds."""
    return archive.person_id == actor.person_id or actor.reach(CertificatePermission.READ).everywhere
