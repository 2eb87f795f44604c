"""Designs join the application."""

from lms.certificates.library.models import CertificateDesign
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice

TABLES = (CertificateDesign,)
"""Tables that must be known when the application starts."""


@hookimpl
def register_slice() -> Slice:
    """Declare the designs of documents."""
    return Slice(name="certificate-designs")
