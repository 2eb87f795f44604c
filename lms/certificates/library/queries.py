"""Reads about uploaded designs."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from lms.certificates.library.models import CertificateDesign
from lms.core.db import db
from lms.core.errors import NotFound


def find_published(name: str) -> CertificateDesign | None:
    """Return the newest published version of an uploaded design."""
    return db.session.scalar(
        select(CertificateDesign)
        .where(CertificateDesign.name == name, CertificateDesign.published_at.is_not(None))
        .order_by(CertificateDesign.version.desc())
        .limit(1)
    )


def list_uploaded() -> Sequence[CertificateDesign]:
    """Return every uploaded version, by name, the newest first."""
    return db.session.scalars(
        select(CertificateDesign).order_by(CertificateDesign.name, CertificateDesign.version.desc())
    ).all()


def get_uploaded(design_id: UUID) -> CertificateDesign:
    """Return an uploaded version; raises NotFound."""
    found = db.session.get(CertificateDesign, design_id)
    if found is None:
        raise NotFound
    return found


def list_published() -> list[CertificateDesign]:
    """Return the newest published version of every uploaded design, by name."""
    found: dict[str, CertificateDesign] = {}
    for row in list_uploaded():
        if row.published_at is not None:
            found.setdefault(row.name, row)
    return list(found.values())


def last_version(name: str) -> int:
    """Return the highest version of an uploaded design, 0 when there is none."""
    known = db.session.scalar(
        select(func.max(CertificateDesign.version)).where(CertificateDesign.name == name)
    )
    return known or 0
