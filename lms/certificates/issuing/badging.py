"""What the badge of a document says: the same as the paper, in the same language."""

from datetime import datetime, time, timedelta

from lms.certificates.credentials.facts import BadgeFacts
from lms.certificates.issuing.document import Document
from lms.certificates.issuing.drafting import Frame
from lms.certificates.issuing.models import Certificate
from lms.certificates.issuing.rules import Kind
from lms.core.i18n import _, speaking


def badge_facts(certificate: Certificate, document: Document, frame: Frame, now: datetime) -> BadgeFacts:
    """Return what the badge of this version says; it carries no e-mail, and the name only as a digest."""
    printed = document.printed
    with speaking(frame.release.language):
        description, criteria = _description(certificate.kind, printed.course_title), _criteria(document)
    return BadgeFacts(
        code=certificate.code,
        version=certificate.version,
        kind=certificate.kind.value,
        achievement=f"{frame.wall}/{frame.release.number}/{certificate.kind.value}",
        title=printed.course_title,
        description=description,
        criteria=criteria,
        issuer_name=printed.issuer_name,
        holder_name=printed.holder_name,
        issued_at=now,
        valid_until=_end(certificate, frame),
    )


def _description(kind: Kind, course: str) -> str:
    if kind is Kind.CERTIFICADO:
        return str(_("Certifica que su titular aprobó el curso «%(course)s».", course=course))
    return str(_("Hace constar que su titular participó en el curso «%(course)s».", course=course))


def _criteria(document: Document) -> str:
    """Return what was fulfilled, and what the document does not authorise."""
    printed = document.printed
    said = ", ".join(part for part in (printed.hours, printed.dates, printed.conditions) if part)
    return f"{said}. {printed.legal_note}"


def _end(certificate: Certificate, frame: Frame) -> datetime | None:
    """Return the first instant after the last day of validity, on the programme's clock."""
    if certificate.valid_until is None:
        return None
    return datetime.combine(certificate.valid_until + timedelta(days=1), time(), frame.zone)
