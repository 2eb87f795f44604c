"""Courses join the application, with the blocks that authors write."""

from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.storage import KeptFiles
from lms.courses.blocks.built_in import blocks_with
from lms.courses.cli import course
from lms.courses.messages import CourseReleased, NamesDropped, ReleaseReinstated, ReleaseWithdrawn
from lms.courses.models import ReleaseAsset, ReleaseFile
from lms.courses.page_contacts import find_contacts
from lms.courses.permissions import CoursePermission
from lms.courses.views import bp
from lms.plugins.blocks import MarkdownBlock
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import NavItem, Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the catalogue, the pages of those who teach and the commands of authors."""
    return Slice(
        name="courses",
        blueprints=(bp,),
        permissions=CoursePermission,
        grants={
            Role.TRAINER: frozenset({CoursePermission.READ_RELEASES}),
            Role.ADMINISTRATOR: frozenset(CoursePermission),
        },
        nav=(
            NavItem(
                label=_l("Cursos"),
                endpoint="courses.landing",
                icon="library",
                permission=None,
                audience=None,
                order=10,
            ),
            *(_releases_for(role) for role in (Role.TRAINER, Role.ADMINISTRATOR)),
        ),
        commands=(course,),
        events=(CourseReleased, NamesDropped, ReleaseWithdrawn, ReleaseReinstated),
        kept_files=(KeptFiles(name="courses.releases", columns=(ReleaseAsset.sha256, ReleaseFile.sha256)),),
    )


@hookimpl
def register_markdown_blocks() -> list[MarkdownBlock]:
    """Return the blocks that every installation has."""
    return blocks_with(find_contacts)


def _releases_for(audience: Role) -> NavItem:
    return NavItem(
        label=_l("Cursos"),
        endpoint="courses.releases",
        icon="library",
        permission=CoursePermission.READ_RELEASES,
        audience=audience,
        order=40,
    )
