"""The public pages: one document, one file, the keys."""

from lms.certificates.verification.views import documents, files, keys
from lms.certificates.verification.views.blueprint import bp

__all__ = ["bp", "documents", "files", "keys"]
