"""What happens to certificates, and what is done about it later."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class CertificatesOrdered(Event):
    """Somebody asked for the certificates of people in a cohort; its subject is the cohort."""

    code = "certificates.ordered"
    sentence = _l("Se pidió emitir %(count)s documentos (%(kind)s).")
    count: int
    kind: str
    run_id: UUID


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(Event):
    """A certificate got its folio, its file and its public page."""

    code = "certificates.issued"
    sentence = _l("Se emitió el documento %(folio)s (%(kind)s).")
    folio: str
    enrolment_id: UUID
    person_id: UUID
    kind: str


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(Event):
    """A certificate stopped being valid; it keeps its folio and its public page says so."""

    code = "certificates.revoked"
    sentence = _l("Se canceló el documento %(folio)s.")
    folio: str
    enrolment_id: UUID
    person_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class CertificateRectified(Event):
    """A document got another version, which says what the one before said wrong."""

    code = "certificates.rectified"
    sentence = _l("Se corrigió el documento %(folio)s: versión %(version)s.")
    folio: str
    version: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class CertificateRenewed(Event):
    """A document took the place of one about to end."""

    code = "certificates.renewed"
    sentence = _l("El documento %(folio)s renovó el %(renews)s.")
    folio: str
    renews: str


@dataclass(frozen=True, kw_only=True)
class CertificateShared(Event):
    """A holder opened or closed the public page of a document."""

    code = "certificates.shared"
    sentence = _l("La persona titular cambió si se ve la página pública del documento %(folio)s.")
    folio: str
    is_shared: bool


@dataclass(frozen=True, kw_only=True)
class IssuingPolicySet(Event):
    """A programme wrote down what it asks for a kind of document; its subject is the programme."""

    code = "certificates.policy-set"
    sentence = _l("Se cambió qué se pide para emitir: %(kind)s.")
    kind: str
    course_id: UUID | None
    written: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class IssueCertificate(Order):
    """Issue a document of one enrolment if every requirement is met."""

    code: ClassVar[str] = "certificates.issue"
    label: ClassVar[Text] = _l("Emitir una constancia o certificado")
    enrolment_id: str
    number: int = 1
    """Which document of its kind this asks for: 2 follows a cancelled one. A repeated order does nothing."""
    kind: str = "certificado"


@dataclass(frozen=True, kw_only=True)
class IssuePart(Order):
    """Issue one part of a bulk run, then order the next."""

    code: ClassVar[str] = "certificates.issue-part"
    label: ClassVar[Text] = _l("Emitir en conjunto")
    run_id: str
    part: int


@dataclass(frozen=True, kw_only=True)
class MakeArchive(Order):
    """Put the files of many documents into one archive."""

    code: ClassVar[str] = "certificates.make-archive"
    label: ClassVar[Text] = _l("Preparar un archivo ZIP de constancias")
    lease_seconds: ClassVar[int] = 900
    archive_id: str


@dataclass(frozen=True, kw_only=True)
class ForgetArchives(Order):
    """Erase archives whose days are over."""

    code: ClassVar[str] = "certificates.forget-archives"
    label: ClassVar[Text] = _l("Borrar archivos ZIP vencidos")


@dataclass(frozen=True, kw_only=True)
class RemindExpiring(Order):
    """Write to those whose documents are about to end, and to whoever answers for them."""

    code: ClassVar[str] = "certificates.remind-expiring"
    label: ClassVar[Text] = _l("Avisar de documentos que vencen")
