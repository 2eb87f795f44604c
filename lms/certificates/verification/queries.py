"""Reads for strangers."""

from lms.certificates.issuing.models import Certificate
from lms.certificates.issuing.queries import find_by_code, find_by_folio
from lms.certificates.verification.rules import PublicRecord, State, read_code, read_folio


def find_record(code: str) -> PublicRecord | None:
    """Return what anybody may see of the certificate with this code, however it was typed.

    A folio does not open it: folios follow one another, and the next one would be somebody else's.
    """
    known = read_code(code)
    certificate = find_by_code(known) if known else None
    return record_of(certificate) if certificate else None


def find_code_of_folio(typed: str) -> str | None:
    """Return the code of the certificate with this folio, however it was typed."""
    folio = read_folio(typed)
    certificate = find_by_folio(folio) if folio else None
    return certificate.code if certificate else None


def record_of(certificate: Certificate) -> PublicRecord:
    """Return the public part of a certificate."""
    document = certificate.document
    return PublicRecord(
        state=State.VALID if certificate.is_valid else State.CANCELLED,
        name=document.public_name,
        course=document.printed.course_title,
        hours=document.hours,
        modules=len(document.printed.modules),
        institution=document.institution,
        issuer=document.printed.issuer_name,
        folio=certificate.folio,
        code=certificate.code,
        enrolled_on=document.enrolled_on,
        completed_on=document.completed_on,
        issued_on=document.issued_on,
        cancelled_at=certificate.revoked_at,
        sha256=certificate.pdf_sha256,
    )
