"""Merging joins the application."""

from lms.institutions.merging.privacy import MERGES
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the merging of records of one person."""
    return Slice(name="merging", personal_data=(MERGES,))
