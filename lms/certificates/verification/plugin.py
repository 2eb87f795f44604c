"""Verification joins the application."""

from lms.certificates.verification.views import bp
from lms.core.i18n import _l
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import NavItem, Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the public pages, and their place in the header of strangers."""
    return Slice(
        name="verification",
        blueprints=(bp,),
        nav=(
            NavItem(
                label=_l("Verificar una constancia"),
                endpoint="verification.search",
                icon="badge-check",
                permission=None,
                audience=None,
                order=30,
            ),
        ),
    )
