"""Designs join the application."""

from lms.certificates.library.messages import DesignDiscarded, DesignPublished, DesignUploaded
from lms.certificates.library.models import CertificateDesign
from lms.certificates.library.permissions import LibraryPermission
from lms.certificates.library.views import bp
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.storage import KeptFiles
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import NavItem, Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the designs of documents and who publishes them."""
    return Slice(
        name="certificate-designs",
        blueprints=(bp,),
        permissions=LibraryPermission,
        grants={Role.ADMINISTRATOR: frozenset({LibraryPermission.MANAGE})},
        nav=(
            NavItem(
                label=_l("Diseños de constancias"),
                endpoint="designs.index",
                icon="award",
                permission=LibraryPermission.MANAGE,
                audience=Role.ADMINISTRATOR,
                needs_everything=True,
                order=75,
            ),
        ),
        events=(DesignUploaded, DesignPublished, DesignDiscarded),
        kept_files=(KeptFiles(name="designs.folders", columns=(CertificateDesign.file_digest,)),),
    )
