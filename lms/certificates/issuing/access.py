"""From an id and an actor to a certificate or an enrolment, or nothing."""

from uuid import UUID

from sqlalchemy import or_, select

from lms.certificates.issuing.models import Certificate
from lms.certificates.issuing.permissions import CertificatePermission
from lms.certificates.issuing.queries import certificate_condition, visible_to
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.learning.models import Enrolment
from lms.learning.queries import enrolment_condition


def access_certificate(actor: Actor, certificate_id: UUID) -> Certificate:
    """Return a certificate to its holder or to staff in reach; others cannot tell that it exists."""
    certificate = db.session.scalar(visible_to(actor).where(Certificate.id == certificate_id))
    if certificate is None:
        raise NotFound
    return certificate


def access_certificate_to_revoke(actor: Actor, certificate_id: UUID) -> Certificate:
    """Return a certificate that the actor may cancel."""
    reached = certificate_condition(actor, CertificatePermission.REVOKE)
    certificate = db.session.scalar(select(Certificate).where(Certificate.id == certificate_id, reached))
    if certificate is None:
        raise NotFound
    return certificate


def access_enrolment(actor: Actor, enrolment_id: UUID) -> Enrolment:
    """Return an enrolment to the person it is about or to staff who read their certificates."""
    own = enrolment_condition(actor, CertificatePermission.HOLD)
    reached = enrolment_condition(actor, CertificatePermission.READ)
    enrolment = db.session.scalar(select(Enrolment).where(Enrolment.id == enrolment_id, or_(own, reached)))
    if enrolment is None:
        raise NotFound
    return enrolment
