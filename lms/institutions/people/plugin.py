"""The administration of people joins the application."""

from lms.core.actors import Role
from lms.core.i18n import _l
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.people.views.people import bp
from lms.institutions.people.views.roles import bp as roles
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import NavItem, Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the pages about people; permissions and events are those of the directory and of accounts."""
    return Slice(
        name="people",
        blueprints=(bp, roles),
        nav=tuple(
            NavItem(
                label=_l("Personas"),
                endpoint="people.index",
                icon="users",
                permission=DirectoryPermission.MANAGE_PEOPLE,
                audience=audience,
                order=order,
            )
            for audience, order in ((Role.ADMINISTRATOR, 40), (Role.FOCAL_POINT, 30))
        ),
    )
