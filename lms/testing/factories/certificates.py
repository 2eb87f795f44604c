"""Certificates, for tests: issued through the service, drawn in no time unless the real drawing is the point."""

import zipfile
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

from lms.accounts.models import Person
from lms.certificates.designs.content import CertificateData
from lms.certificates.designs.folder import Design, digest_of
from lms.certificates.issuing import archives, bulk, service
from lms.certificates.issuing.design import design_named
from lms.certificates.issuing.making import Press
from lms.certificates.issuing.models import Certificate, RectifyReason
from lms.certificates.issuing.rules import Kind
from lms.certificates.library import queries
from lms.certificates.library.models import CertificateDesign
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.context import current_settings, current_storage
from lms.core.db import db, postpone
from lms.core.ids import new_id
from lms.courses.models import Release
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.queries import get_programme
from lms.learning.models import Cohort, Completion, Enrolment
from lms.learning.queries import get_cohort, get_enrolment
from lms.reports.tallies.service import recount_people
from lms.testing.factories.learning import make_enrolment


def draw_plainly(
    design: Design, data: CertificateData, *, made_at: datetime, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """Draw a certificate as a few words: what it looks like is tested where it is drawn."""
    return f"%PDF-1.7 {design.name} {data.folio} {data.holder_name} {made_at:%Y-%m-%d} {len(pictures or {})}".encode()


def make_completion(enrolment: Enrolment) -> Completion:
    """Write the fact of a completion as learning does, whatever the criteria of the moment would say."""
    cohort = get_cohort(enrolment.cohort_id)
    release = db.session.get_one(Release, cohort.release_id)
    completion = Completion(
        id=new_id(), enrolment_id=enrolment.id, person_id=enrolment.person_id,
        programme_id=cohort.programme_id, course_id=cohort.course_id, release_id=release.id,
        institution_id=enrolment.institution_id, sector=enrolment.sector, hours=release.hours,
        completed_at=now(), completed_on=now().date(),
    )  # fmt: skip
    db.session.add(completion)
    db.session.flush()
    postpone(recount_people, (enrolment.person_id, now()))
    return completion


def make_certificate(
    cohort: Cohort | None = None, person: Person | None = None, *, institution: Institution | None = None
) -> Certificate:
    """Enrol somebody, complete their course and issue their certificate."""
    enrolment = make_enrolment(cohort, person, institution=institution)
    make_completion(enrolment)
    return issue_to(enrolment)


def plain_press() -> Press:
    """Return the real designs with a drawing that takes no time."""
    return Press(design=design_named, draw=draw_plainly)


def issue_to(enrolment: Enrolment, *, kind: Kind = Kind.CERTIFICADO, number: int = 1) -> Certificate:
    """Issue the n-th document of a kind of an enrolment that is eligible."""
    return service.issue(enrolment, kind=kind, number=number, press=plain_press(), actor=SYSTEM, now=now())


def make_logo(colour: str = "#1f4e5f") -> bytes:
    """Return a small picture of one colour as a PNG."""
    kept = BytesIO()
    Image.new("RGB", (120, 48), colour).save(kept, "PNG")
    return kept.getvalue()


def zip_design(folder: Path, **changed: str) -> bytes:
    """Return a design folder as a ZIP, always the same bytes; ``metadata`` stands in for its metadata.toml."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as pack:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            content = path.read_bytes()
            if path.name == "metadata.toml" and "metadata" in changed:
                content = changed["metadata"].encode()
            pack.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix()), content)
    return kept.getvalue()


def make_design(name: str = "institucional") -> CertificateDesign:
    """Keep an uploaded design that nobody published, a copy of one of ours, without checking it."""
    folder = current_settings().designs_dir / "ruta"
    content = zip_design(folder)
    row = CertificateDesign(
        id=new_id(), name=name, version=queries.last_version(name) + 1, title="Institucional",
        digest=digest_of(folder), file_digest=current_storage().put(content), file_size=len(content),
        uploaded_at=now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def certificate_places(certificate: Certificate, asked_by: Person) -> dict[str, object]:
    """Correct a certificate, order others in bulk and have an archive made: one thing of every kind."""
    enrolment = get_enrolment(certificate.enrolment_id)
    cohort = get_cohort(enrolment.cohort_id)
    programme = get_programme(cohort.programme_id)
    programme.issuer_logo = current_storage().put(make_logo())
    service.rectify(certificate, reason=RectifyReason.ISSUER, press=plain_press(), actor=SYSTEM, now=now())
    run = bulk.order_run(cohort, [enrolment.id], kind=Kind.CERTIFICADO, actor=SYSTEM, now=now())
    archive = archives.order_archive(cohort, [certificate.id], person_id=asked_by.id, now=now())
    archives.make_archive(archive, lambda _done, _total: None, now=now())
    return {"issue_run_id": run.id, "archive_id": archive.id, "design_id": make_design().id}
