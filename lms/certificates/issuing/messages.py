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
    sentence = _l("Se pidió emitir %(count)s constancias.")
    count: int
    enrolment_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(Event):
    """A certificate got its folio, its file and its public page."""

    code = "certificates.issued"
    sentence = _l("Se emitió la constancia %(folio)s.")
    folio: str
    enrolment_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(Event):
    """A certificate stopped being valid; it keeps its folio and its public page says so."""

    code = "certificates.revoked"
    sentence = _l("Se canceló la constancia %(folio)s.")
    folio: str
    enrolment_id: UUID
    person_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class IssueCertificate(Order):
    """Issue the certificate of one enrolment if every requirement is met."""

    code: ClassVar[str] = "certificates.issue"
    label: ClassVar[Text] = _l("Emitir una constancia")
    enrolment_id: str
    number: int = 1
    """Which certificate of the enrolment this asks for: 2 follows a cancelled one. A repeated order does nothing."""
