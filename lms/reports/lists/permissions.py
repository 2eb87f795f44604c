"""What can be done with lists of enrolments."""

from lms.core.actors import Permission


class ListPermission(Permission):
    """Permissions over lists of everybody."""

    TAKE = "lists.take-enrolments"
    """Take every enrolment of a programme away as a file, with names."""
