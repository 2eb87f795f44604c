"""Courses join the application, with the blocks that authors write."""

from lms.core.actors import Role
from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.messages import CourseReleased, ReleaseReinstated, ReleaseWithdrawn
from lms.courses.permissions import CoursePermission
from lms.plugins.blocks import MarkdownBlock
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the catalogue, the pages of those who teach and the commands of authors."""
    return Slice(
        name="courses",
        permissions=CoursePermission,
        grants={
            Role.TRAINER: frozenset({CoursePermission.READ_RELEASES}),
            Role.ADMINISTRATOR: frozenset(CoursePermission),
        },
        events=(CourseReleased, ReleaseWithdrawn, ReleaseReinstated),
    )


@hookimpl
def register_markdown_blocks() -> list[MarkdownBlock]:
    """Return the blocks that every installation has."""
    return list(BUILT_IN_BLOCKS)
