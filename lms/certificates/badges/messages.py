"""What is asked for in time."""

from dataclasses import dataclass
from typing import ClassVar

from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class WarnOfSigning(Order):
    """Say before its end that the certificate with which files are signed must be renewed."""

    code: ClassVar[str] = "certificates.warn-of-signing"
    label: ClassVar[Text] = _l("Avisar de que vence el certificado que firma los documentos")
