"""Personal data of certificates: why it is kept, and how it is shown."""

from uuid import UUID

from sqlalchemy import select

from lms.certificates.issuing.models import Certificate
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.scalars(
        select(Certificate).where(Certificate.person_id == person_id).order_by(Certificate.issued_at)
    ).all()
    return [
        {
            "folio": row.folio,
            "code": row.code,
            "issued": str(row.issued_at),
            "cancelled": str(row.revoked_at or ""),
            "reason": row.revoke_reason.value if row.revoke_reason else "",
            "sha256": row.pdf_sha256,
            **row.data,
        }
        for row in rows
    ]


def _keep(_person_id: UUID) -> int:
    """Change nothing: a document already in other hands must stay verifiable after the account is gone."""
    return 0


CERTIFICATES = PersonalData(
    name="certificates.certificate",
    tables=("certificate",),
    purpose=_l("Dar fe de la formación y permitir que cualquiera compruebe que una constancia es auténtica."),
    retention=_l("Permanente: un documento emitido sigue siendo verificable aunque la cuenta se borre."),
    export=_export,
    erase=_keep,
)
