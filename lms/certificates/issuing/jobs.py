"""Issuing as a job: the only place of the running product where documents are drawn."""

import logging
from uuid import UUID

from lms.certificates.issuing import archives, bulk, expiring, service
from lms.certificates.issuing.design import current_design
from lms.certificates.issuing.errors import NotEligible
from lms.certificates.issuing.messages import (
    ForgetArchives,
    IssueCertificate,
    IssuePart,
    MakeArchive,
    RemindExpiring,
)
from lms.certificates.issuing.models import CertificateArchive
from lms.certificates.issuing.press import real_press
from lms.certificates.issuing.rules import Kind
from lms.core.actors import SYSTEM
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.db import db
from lms.core.jobs.orders import Progress
from lms.learning.queries import get_enrolment

log = logging.getLogger(__name__)


def issue_certificate(order: IssueCertificate, _progress: Progress) -> None:
    """Issue a document; a person who is not eligible gets none, and that is an answer, not a failure."""
    current_design()  # kept in memory before the first query: on SQLite that one takes the write lock
    enrolment = get_enrolment(UUID(order.enrolment_id))
    try:
        service.issue(
            enrolment, kind=Kind(order.kind), number=order.number, press=real_press(), actor=SYSTEM, now=now()
        )
    except NotEligible:
        log.info("La inscripción %s no cumple los requisitos: no se emitió nada.", order.enrolment_id)


def issue_part(order: IssuePart, progress: Progress) -> None:
    """Issue one part of a bulk run: a worker that dies leaves all of the part or nothing of it."""
    current_design()
    run = bulk.find_run(UUID(order.run_id))
    if run:
        bulk.issue_part(run, order.part, press=real_press(), now=now())
        progress(run.done, run.total)


def make_archive(order: MakeArchive, progress: Progress) -> None:
    """Make the files of an archive; one that was erased meanwhile needs none."""
    archive = db.session.get(CertificateArchive, UUID(order.archive_id))
    if archive:
        archives.make_archive(archive, progress, now=now())


def forget_archives(_order: ForgetArchives, _progress: Progress) -> None:
    """Erase archives whose days are over."""
    archives.forget_archives(now())


def remind_expiring(_order: RemindExpiring, _progress: Progress) -> None:
    """Write about documents that end; whoever was told is not told again."""
    expiring.remind_holders(today(), now=now())
    expiring.summarise(today(), now=now())
