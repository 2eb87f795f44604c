"""The lists of documents join the application."""

from lms.certificates.holdings.panels import InstitutionDocuments
from lms.certificates.holdings.views import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.institutions import InstitutionPanel
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the pages; issuing declares who may hold and read documents."""
    return Slice(name="holdings", blueprints=(bp,))


@hookimpl
def register_institution_panels() -> list[InstitutionPanel]:
    """Show on the page of an institution what its people hold."""
    return [InstitutionDocuments()]
