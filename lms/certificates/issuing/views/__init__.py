"""Pages about documents: those one holds, what changes them, the register of a cohort, what a programme asks."""

from lms.certificates.issuing.views import changes, cohorts, documents, policies
from lms.certificates.issuing.views.blueprint import bp

__all__ = ["bp", "changes", "cohorts", "documents", "policies"]
