"""What can be done with courses."""

from lms.core.actors import Permission


class CoursePermission(Permission):
    """Permissions over courses and their releases."""

    READ_RELEASES = "courses.read-releases"
    """See every release with its outline, its lessons as any sector reads them and its questions."""
    RELEASE = "courses.release"
    """Publish a release, withdraw it and offer it again."""
