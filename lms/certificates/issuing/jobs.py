"""Issuing as a job: the only place of the running product where a certificate is drawn."""

import logging
from uuid import UUID

from lms.certificates.designs.render import render_certificate
from lms.certificates.issuing import service
from lms.certificates.issuing.design import current_design
from lms.certificates.issuing.errors import NotEligible
from lms.certificates.issuing.messages import IssueCertificate
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.jobs.orders import Progress
from lms.learning.queries import get_enrolment

log = logging.getLogger(__name__)


def issue_certificate(order: IssueCertificate, _progress: Progress) -> None:
    """Issue a certificate; a person who is not eligible gets none, and that is an answer, not a failure."""
    design = current_design()  # before the first query: on SQLite that one takes the write lock
    enrolment = get_enrolment(UUID(order.enrolment_id))
    try:
        service.issue(
            enrolment, number=order.number, design=design, draw=render_certificate, actor=SYSTEM, now=now()
        )
    except NotEligible:
        log.info("La inscripción %s no cumple los requisitos: no se emitió nada.", order.enrolment_id)
