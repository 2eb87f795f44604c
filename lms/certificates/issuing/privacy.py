"""Personal data of documents: why it is kept, and how it is shown."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update

from lms.certificates.issuing.models import (
    Certificate,
    CertificateArchive,
    CertificateLetter,
    IssueEntry,
    ReplacedVersion,
)
from lms.core import private_files
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.learning.models import Enrolment


def _own(person_id: UUID) -> Sequence[Certificate]:
    statement = select(Certificate).where(Certificate.person_id == person_id)
    return db.session.scalars(statement.order_by(Certificate.issued_at)).all()


def _export(person_id: UUID) -> list[Json]:
    own = _own(person_id)
    replaced = db.session.scalars(
        select(ReplacedVersion)
        .where(ReplacedVersion.certificate_id.in_([each.id for each in own]))
        .order_by(ReplacedVersion.made_at)
    ).all()
    return [*map(_document, own), *map(_version, replaced)]


def _document(row: Certificate) -> Json:
    return {
        "folio": row.folio,
        "code": row.code,
        "kind": row.kind.value,
        "version": row.version,
        "issued": str(row.issued_at),
        "valid_until": str(row.valid_until or ""),
        "renewed": str(row.renewed_at or ""),
        "cancelled": str(row.revoked_at or ""),
        "reason": row.revoke_reason.value if row.revoke_reason else "",
        "shared": row.is_shared,
        "sha256": row.pdf_sha256,
        "badge": row.credential,
        **row.data,
    }


def _version(row: ReplacedVersion) -> Json:
    return {
        "version": row.version,
        "made": str(row.made_at),
        "replaced": str(row.replaced_at),
        "sha256": row.pdf_sha256,
        "badge": row.credential,
        **row.data,
    }


def _keep(_person_id: UUID) -> int:
    """Change nothing: a document already in other hands must stay verifiable after the account is gone."""
    return 0


def _letters(person_id: UUID) -> Sequence[CertificateLetter]:
    own = [each.id for each in _own(person_id)]
    statement = select(CertificateLetter).where(CertificateLetter.certificate_id.in_(own))
    return db.session.scalars(statement.order_by(CertificateLetter.asked_at)).all()


def _export_letters(person_id: UUID) -> list[Json]:
    return [
        {"purpose": each.purpose.value, "address": each.address, "asked": str(each.asked_at)}
        for each in _letters(person_id)
    ]


def _erase_letters(person_id: UUID) -> int:
    """Forget the addresses; that a letter was sent stays."""
    found = [each for each in _letters(person_id) if each.address]
    for each in found:
        each.address = ""
    return len(found)


def _export_entries(person_id: UUID) -> list[Json]:
    rows = db.session.scalars(
        select(IssueEntry)
        .join(Enrolment, Enrolment.id == IssueEntry.enrolment_id)
        .where(Enrolment.person_id == person_id)
        .order_by(IssueEntry.run_id)
    ).all()
    return [{"run": str(row.run_id), "outcome": row.outcome.value, "detail": row.detail} for row in rows]


def _erase_entries(person_id: UUID) -> int:
    """Forget what was said of the person; the count of a run stays."""
    own = select(Enrolment.id).where(Enrolment.person_id == person_id)
    erased = (
        update(IssueEntry)
        .where(IssueEntry.enrolment_id.in_(own), IssueEntry.detail != "")
        .values(detail="")
        .returning(IssueEntry.id)
        .execution_options(synchronize_session=False)
    )
    return len(db.session.scalars(erased).all())


def _archives(person_id: UUID) -> Sequence[CertificateArchive]:
    statement = select(CertificateArchive).where(CertificateArchive.person_id == person_id)
    return db.session.scalars(statement.order_by(CertificateArchive.asked_at)).all()


def _export_archives(person_id: UUID) -> list[Json]:
    """Return when archives were asked for; they hold the documents of others, so they are not handed out."""
    return [{"asked": str(each.asked_at), "documents": each.count} for each in _archives(person_id)]


def _erase_archives(person_id: UUID) -> int:
    found = _archives(person_id)
    for each in found:
        for file in each.files:
            private_files.forget(file["digest"])
        db.session.delete(each)
    return len(found)


PERSONAL_DATA = (
    PersonalData(
        name="certificates.certificate",
        tables=("certificate", "replaced_version"),
        purpose=_l(
            "Dar fe de la formación y permitir que cualquiera compruebe que una constancia es auténtica."
        ),
        retention=_l("Permanente: un documento emitido sigue siendo verificable aunque la cuenta se borre."),
        export=_export,
        erase=_keep,
    ),
    PersonalData(
        name="certificates.letter",
        tables=("certificate_letter",),
        purpose=_l("Saber a qué dirección y cuándo se avisó de un documento."),
        retention=_l("Con el documento; la dirección se borra con la cuenta."),
        export=_export_letters,
        erase=_erase_letters,
    ),
    PersonalData(
        name="certificates.entry",
        tables=("issue_entry",),
        purpose=_l("Explicar a quién se emitió un documento en una emisión en conjunto, y a quién no."),
        retention=_l("Con la cohorte."),
        export=_export_entries,
        erase=_erase_entries,
    ),
    PersonalData(
        name="certificates.archive",
        tables=("certificate_archive",),
        purpose=_l("Entregar a quien los pidió muchos documentos en un solo archivo."),
        retention=_l("Siete días."),
        export=_export_archives,
        erase=_erase_archives,
    ),
)
