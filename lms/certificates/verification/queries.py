"""Reads for strangers."""

import json
from datetime import date

from lms.certificates.credentials.published import BadgeVerdict, check_badge
from lms.certificates.issuing.models import Certificate
from lms.certificates.issuing.queries import find_by_code, find_by_folio, find_by_sha256, find_successor
from lms.certificates.issuing.rules import Kind
from lms.certificates.verification.rules import (
    Facts,
    FileAnswer,
    FileState,
    PublicRecord,
    read_code,
    read_digest,
    read_folio,
    state_of,
)


def find_record(code: str, today: date) -> PublicRecord | None:
    """Return what anybody may see of the document with this code, however it was typed.

    A folio does not open it: folios follow one another, and the next one would be somebody else's.
    """
    known = read_code(code)
    certificate = find_by_code(known) if known else None
    return record_of(certificate, today) if certificate else None


def find_code_of_folio(typed: str) -> str | None:
    """Return the code of the document with this folio, however it was typed."""
    folio = read_folio(typed)
    certificate = find_by_folio(folio) if folio else None
    return certificate.code if certificate else None


def find_file(sha256: str, today: date) -> FileAnswer:
    """Return what is known of a file with this hash; any text may be asked for."""
    digest = read_digest(sha256)
    found = find_by_sha256(digest) if digest else None
    if found is None:
        return FileAnswer(
            state=FileState.UNKNOWN, sha256=digest or "", record=None, version=None, replaced_at=None
        )
    certificate, old = found
    return FileAnswer(
        state=FileState.REPLACED_VERSION if old else FileState.ISSUED,
        sha256=digest or "",
        record=record_of(certificate, today),
        version=(old or certificate).version,
        replaced_at=old.replaced_at if old else None,
    )


def find_badge(content: bytes, today: date) -> tuple[BadgeVerdict, PublicRecord | None, bool]:
    """Return what can be said of a badge, the document that it speaks of, and whether it is of its last version."""
    verdict, code = check_badge(content)
    certificate = find_by_code(code) if code else None
    if certificate is None:
        return verdict, None, False
    is_last = bool(certificate.credential) and json.loads(certificate.credential) == json.loads(content)
    return verdict, record_of(certificate, today), is_last


def record_of(certificate: Certificate, today: date) -> PublicRecord:
    """Return the public part of a document as it stands on a day."""
    document = certificate.document
    return PublicRecord(
        state=state_of(
            certificate.standing(today),
            is_renewed=certificate.renewed_at is not None,
            is_shared=certificate.is_shared,
        ),
        kind=certificate.kind,
        facts=_facts(certificate) if certificate.is_shared else None,
        issuers=tuple(each.name for each in document.printed.all_issuers),
        folio=certificate.folio,
        code=certificate.code,
        issued_on=document.issued_on,
        valid_until=certificate.valid_until,
        version=certificate.version,
        corrected_at=certificate.made_at if certificate.version > 1 else None,
        revoked_at=certificate.revoked_at,
        renewed_at=certificate.renewed_at,
        renewed_by=_successor(certificate),
        sha256=certificate.pdf_sha256,
    )


def _facts(certificate: Certificate) -> Facts:
    document = certificate.document
    return Facts(
        name=document.public_name,
        course=document.printed.course_title,
        hours=document.hours,
        modules=len(document.printed.modules),
        institution=document.institution,
        enrolled_on=document.enrolled_on,
        completed_on=document.completed_on if certificate.kind is Kind.CERTIFICADO else None,
    )


def _successor(certificate: Certificate) -> str:
    following = find_successor(certificate) if certificate.renewed_at else None
    return following.code if following and following.is_shared else ""
