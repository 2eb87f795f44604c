"""Large archives: the documents of a cohort in ZIP files of bounded size, made by a job and kept for some days."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final
from uuid import UUID

from sqlalchemy import select

from lms.certificates.issuing.files import MOST_FILES, build_archive
from lms.certificates.issuing.messages import MakeArchive
from lms.certificates.issuing.models import Certificate, CertificateArchive
from lms.core import private_files
from lms.core.db import db
from lms.core.ids import new_id
from lms.core.jobs.orders import Progress, enqueue
from lms.learning.models import Cohort

KEPT_FOR: Final = timedelta(days=7)


def order_archive(
    cohort: Cohort, certificate_ids: Sequence[UUID], *, person_id: UUID, now: datetime
) -> CertificateArchive:
    """Order ZIP files with these documents of a cohort, for whoever asked and may read them now."""
    archive = CertificateArchive(
        id=new_id(), cohort_id=cohort.id, person_id=person_id, asked_at=now, erase_at=now + KEPT_FOR,
        certificate_ids=[str(each) for each in certificate_ids], count=len(certificate_ids), files=[],
    )  # fmt: skip
    db.session.add(archive)
    db.session.flush()
    order = MakeArchive(archive_id=str(archive.id))
    enqueue(order, now=now, key=f"{order.code}:{archive.id}")
    return archive


def make_archive(archive: CertificateArchive, progress: Progress, *, now: datetime) -> None:
    """Make the files, one after the other, so that one is in memory at a time. Asking again changes nothing."""
    if archive.finished_at:
        return
    made = []
    for ids in _groups(archive.certificate_ids):
        with build_archive(_load(ids)) as pack:
            content = pack.read()
        made.append(
            {"digest": private_files.keep(archive.id, content), "size": len(content), "count": len(ids)}
        )
        progress(min(len(made) * MOST_FILES, archive.count), archive.count)
    archive.files, archive.finished_at = made, now


def forget_archives(now: datetime) -> int:
    """Erase archives whose days are over, and return how many."""
    found = db.session.scalars(select(CertificateArchive).where(CertificateArchive.erase_at <= now)).all()
    for each in found:
        forget_files(each)
        db.session.delete(each)
    return len(found)


def forget_files(archive: CertificateArchive) -> None:
    """Erase the files of an archive."""
    for each in archive.files:
        private_files.forget(each["digest"])


def _groups(ids: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while group := list(islice(rest, MOST_FILES)):
        yield group


def _load(ids: Sequence[str]) -> list[Certificate]:
    """Return documents in this order."""
    found = db.session.scalars(select(Certificate).where(Certificate.id.in_([UUID(each) for each in ids])))
    by_id = {str(each.id): each for each in found}
    return [by_id[each] for each in ids if each in by_id]
